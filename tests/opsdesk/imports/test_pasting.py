"""Rows that are pasted go the way of an uploaded table."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.errors import Invalid
from opsdesk.imports.definitions import REGISTER
from opsdesk.imports.models import ImportFile
from opsdesk.imports.pasting import as_table
from orders.models import Order, Shipment
from tests.builders import a_packed_order, a_shop, a_sku
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ADDRESS = "/admin/imports/new/orders.tracking_numbers/"


@pytest.fixture
def warehouse() -> Staff:
    a_sku(a_shop(), on_hand=200)
    return Staff(Role.WAREHOUSE)


@pytest.mark.parametrize("heading", ["", "快递单号\t订单编号\t快递公司\r\n"])
def test_pasted_rows_are_checked_and_written_like_a_file(warehouse: Staff, heading: str) -> None:
    order = a_packed_order()
    cells = ["SF0000000000951", order.number, "sf"] if heading else [order.number, "sf", "SF0000000000951"]

    answer = warehouse.client.post(ADDRESS, {"pasted": heading + "\t".join(cells) + "\r\n"})

    work = ImportFile.objects.get()
    assert (answer.status_code, work.state, work.updated, work.refused) == (302, "previewed", 1, 0)
    assert not Shipment.objects.exists()
    warehouse.client.post(f"/admin/imports/{work.public_id}/", {"policy": "good_rows"})
    assert Order.objects.get().status == "shipped"


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("a\tb\tc\td\te", "A row has more cells than there are columns"),
        ('"a\tb', "do not read as a table"),
        ("", "Choose a file or paste rows, one of the two."),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_kept(warehouse: Staff, pasted: str, told: str) -> None:
    before = row_counts()
    answer = warehouse.client.post(ADDRESS, {"pasted": pasted})
    assert (answer.status_code, told in text_of(answer), row_counts()) == (422, True, before)


def test_cells_of_many_lines_stay_cells() -> None:
    table: Any = as_table(REGISTER["orders.tracking_numbers"], '1\tsf\t"2\n3"\n')
    assert table.read().decode().splitlines()[1:] == ['1,sf,"2', '3",']
    with pytest.raises(Invalid):
        as_table(REGISTER["orders.tracking_numbers"], "1\t2\t3\t4\t5")
