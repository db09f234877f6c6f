"""The pack check, the packing list and shipping in the browser."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from orders.models import Order, PackCheck
from tests.builders import (
    a_packed_order,
    a_released_order,
    a_sku,
    parcel_of,
    stock_of,
)
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(shop: Any) -> Any:
    """B-2 with 3 pieces."""
    return a_sku(shop, code="B-2", on_hand=3)


@pytest.mark.sop("O10")
def test_the_pack_check_is_done_at_the_desk(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)

    picker.command("order", order.pk, "pack", appearance="on", packing_list="on", manual="yes")

    order.refresh_from_db()
    check = PackCheck.objects.get()
    assert order.status == "ready_to_ship"
    assert (check.gifts, check.manual, check.packed_by) == (None, True, picker.user.username)


@pytest.mark.sop("O10", refused=True)
def test_a_missing_gift_keeps_the_parcel_open(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    before = row_counts()

    answer = picker.command("order", order.pk, "pack", appearance="on", packing_list="on", gifts="no")

    assert (answer.status_code, "This point of the pack check is not fulfilled." in text_of(answer)) == (422, True)
    assert row_counts() == before


def test_the_packing_list_masks_the_recipient(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 2)

    page = text_of(picker.open("orders_order_packing_list", order.pk))

    assert ("王**" in page, "138******00" in page, "广东省 深圳市 南山区 ***" in page) == (True, True, True)
    assert ("王小明" in page, "13800000000" in page, "科技园路" in page) == (False, False, False)
    assert Staff(Role.MARKETING).open("orders_order_packing_list", order.pk).status_code == 403


@pytest.mark.sop("O12")
def test_an_order_is_shipped_in_two_parcels_at_the_desk(picker: Staff, goods: Any) -> None:
    order = a_packed_order("B-2", 3)

    answer = picker.command(
        "order", order.pk, "ship", carrier="sf", tracking_no="SF000000000001", more="zto 75000000001 B-2=1\n"
    )

    assert answer.status_code == 302, text_of(answer)
    rows = order.shipments.order_by("id").values_list("carrier__code", "tracking_no", "lines__quantity")
    assert list(rows) == [("sf", "SF000000000001", 2), ("zto", "75000000001", 1)]
    assert stock_of(goods) == (0, 0)


@pytest.mark.sop("O12", refused=True)
@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"tracking_no": "1.23E+14"}, "A spreadsheet has shortened this number; enter its digits as text."),
        ({"tracking_no": "SF000000000001", "more": "zto 123456"}, "This does not read as SKU=pieces"),
        (
            {"tracking_no": "SF000000000001", "more": "zto 123456 B-2=4"},
            "The parcels hold more of B-2 than is left",
        ),
    ],
)
def test_a_wrong_number_is_refused_at_the_desk(picker: Staff, goods: Any, fields: Any, says: str) -> None:
    order = a_packed_order("B-2", 3)
    before = row_counts()

    answer = picker.command("order", order.pk, "ship", carrier="sf", **fields)

    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert row_counts() == before
    assert Order.objects.get().status == "ready_to_ship"


def test_a_mistyped_number_is_replaced_and_free_again(picker: Staff, goods: Any) -> None:
    order = a_packed_order("B-2", 1)
    picker.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000001")
    old = parcel_of(order)

    picker.command("shipment", old.pk, "replace", carrier="zto", tracking_no="75000000001", reason="typo")

    rows = order.shipments.order_by("id").values_list("carrier__code", "tracking_no", "state", "lines__quantity")
    assert list(rows) == [("sf", "SF000000000001", "voided", None), ("zto", "75000000001", "info_received", 1)]
    another = a_packed_order("B-2", 1)
    assert picker.command("order", another.pk, "ship", carrier="sf", tracking_no="SF000000000001").status_code == 302


def test_the_page_of_an_order_leads_to_its_packing_list(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 2)

    page = text_of(picker.open("orders_order_change", order.pk))

    assert f"/admin/orders/order/{order.pk}/packing-list/" in page
    assert picker.client.get("/admin/orders/order/0/packing-list/").status_code == 404
