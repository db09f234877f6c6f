"""Platforms' files through the browser: uploaded, looked at, written, and what comes of them."""

from decimal import Decimal
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.imports.models import ImportRow
from opsdesk.inbox.models import WorkItem
from orders.models import DeliveryAddress, Order, OrderHold, PlatformProblem
from tests.builders import platforms as files
from tests.builders.platforms import check, counts, take_in
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def lines(order: Order) -> list[tuple[str, int, Decimal, Decimal]]:
    rows = order.lines.order_by("position")
    return [(row.sku_code, row.quantity, row.unit_price, row.discount_amount) for row in rows]


def errors(work: Any) -> list[str]:
    rows = ImportRow.objects.filter(import_file=work).order_by("number")
    return [issue["message"] % issue["params"] for row in rows for issue in row.issues]


@pytest.mark.sop("O1")
def test_the_two_files_of_taobao_make_one_order(shop: Any, sku: Any, agent: Staff) -> None:
    first = take_in(agent, shop, "taobao", files.TAOBAO_ORDER)
    assert counts(first) == (1, 0, 0, 0)
    waits = PlatformProblem.objects.get()
    assert (waits.kind, waits.state, Order.objects.count()) == ("half", "open", 0)
    assert WorkItem.objects.filter(subject_id=waits.public_id, closed_at=None).count() == 1

    second = take_in(agent, shop, "taobao", files.TAOBAO_ITEM)

    assert counts(second) == (1, 0, 0, 0), errors(second)
    order = Order.objects.get()
    assert (order.external_id, order.payment_status, order.payable_amount, order.freight_amount) == (
        "1930679858170647",
        "paid",
        Decimal("198.00"),
        Decimal("10.00"),
    )
    assert lines(order) == [("TS-RED-M", 2, Decimal("99.00"), Decimal("10.00"))]
    place = DeliveryAddress.objects.get(order=order)
    assert (place.recipient, place.phone, place.province, place.city, place.district, place.street, place.postal_code) == (
        "王小明",
        "+8613800000000",
        "广东省",
        "深圳市",
        "南山区",
        "科技园路1号",
        "518000",
    )
    waits.refresh_from_db()
    assert (waits.state, waits.data, WorkItem.objects.filter(closed_at=None).count()) == ("solved", {}, 0)
    before = row_counts()
    for row in (files.TAOBAO_ORDER, files.TAOBAO_ITEM):
        again = take_in(agent, shop, "taobao", row)
        assert counts(again) == (0, 0, 1, 0)
    after = row_counts()
    changed = {name for name, number in after.items() if number != before[name]}
    assert changed <= {"imports_importfile", "imports_importrow", "files_storedfile", "audit_auditentry"}


@pytest.mark.sop("O1", refused=True)
def test_a_file_that_says_nothing_sound_is_refused_row_by_row(shop: Any, sku: Any, agent: Staff) -> None:
    bad = [
        files.PINDUODUO | {"订单号": "1.93E+15"},
        files.PINDUODUO | {"订单号": "P2", "订单状态": "飞走了"},
        files.PINDUODUO | {"订单号": "P3", "用户实付金额(元)": "500.00"},
        files.PINDUODUO | {"订单号": "P4", "订单状态": "已发货，待签收"},
        files.PINDUODUO | {"订单号": "P5", "商品数量(件)": "两"},
    ]
    work = check(agent, shop, "pinduoduo", *bad)
    before = row_counts()

    assert counts(work) == (0, 0, 0, 5)
    assert [issue for issue in errors(work) if "digits" not in issue] == [
        "This status of the platform is not known: 飞走了",
        "The goods come to 198.00 and the freight to 6.00, which is less than the 500.00 to be paid.",
        "The platform says that it has been shipped already; it is not known here and is not taken in.",
        "This is not a number of pieces.",
    ]
    page = text_of(agent.client.get(f"/admin/imports/{work.public_id}/"))
    assert agent.client.post(f"/admin/imports/{work.public_id}/", {"policy": "all"}).status_code == 409
    assert row_counts() == before
    assert "飞走了" in page
    assert files.upload(Staff(Role.WAREHOUSE), shop, "pinduoduo", b"").status_code == 403
    assert OrderHold.objects.count() == 0
