"""The page on which an order is entered by telephone."""

import uuid
from decimal import Decimal
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from orders.models import DeliveryAddress, ManualEntry, Order, OrderHold
from tests.builders import NOW, a_sku, an_order, stock_of
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
PLACE = {"recipient": "李四", "phone": "13900001111", "province": "浙江", "city": "杭州市", "district": "西湖区",
         "street": "文三路2号"}  # fmt: skip


def a_form(**changes: Any) -> dict[str, Any]:
    form = {"key": str(uuid.uuid4()), "rows": 3, "shop": "tmall-01", "channel": "phone", "payment": "paid",
            "method": "bank", "reference": "B-1", "sku_0": "TS-RED-M", "quantity_0": 2, "step": "enter"}  # fmt: skip
    return form | PLACE | changes


@pytest.mark.sop("O1")
def test_an_order_by_telephone_is_taken_in_like_any_other(agent: Staff, sku: Any) -> None:
    response = agent.send("orders_manualentry_new", **a_form(seller_note="call first"))

    order = Order.objects.get()
    assert (response.status_code, order.status, order.payment_status, order.payable_amount) == (
        302,
        "pending",
        "paid",
        Decimal("198.00"),
    )
    assert (order.payment_reference, order.seller_note, order.placed_at) == ("B-1", "call first", NOW)
    assert DeliveryAddress.objects.get(order=order).province == "浙江省"
    assert order.customer
    assert order.customer.external_id == "tel:+8613900001111"
    assert stock_of(sku) == (200, 2)
    entry = ManualEntry.objects.get()
    assert (entry.order, entry.channel, entry.state, entry.quoted_amount) == (order, "phone", "stands", Decimal("198.00"))


@pytest.mark.sop("O1", refused=True)
def test_an_order_that_lacks_something_is_refused(agent: Staff, sku: Any) -> None:
    before = row_counts()

    response = agent.send("orders_manualentry_new", **a_form(reference="", price_0="50"))

    page = text_of(response)
    assert response.status_code == 422
    assert "Enter the reference of the payment." in page
    assert "Say why it costs something else than in the catalogue." in page
    assert 'value="13900001111"' in page
    assert row_counts() == before


def test_a_double_click_makes_one_order(agent: Staff, sku: Any) -> None:
    form = a_form()

    answers = [agent.send("orders_manualentry_new", **form).status_code for _ in range(2)]

    assert (answers, Order.objects.count(), ManualEntry.objects.count()) == ([302, 302], 1, 1)


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.FINANCE, Role.AUDITOR])
def test_who_may_not_is_refused(sku: Any, role: Role) -> None:
    stranger = Staff(role)
    before = row_counts()

    assert stranger.open("orders_manualentry_new").status_code == 403
    assert stranger.send("orders_manualentry_new", **a_form()).status_code == 403
    assert row_counts() == before


def test_a_price_far_off_waits_for_a_second_person(agent: Staff, sku: Any) -> None:
    agent.send("orders_manualentry_new", **a_form(price_0="80", reason="old customer"))
    entry, order = ManualEntry.objects.get(), Order.objects.get()

    assert (entry.state, entry.asked_amount, entry.reason) == ("awaiting", Decimal("160.00"), "old customer")
    assert list(OrderHold.objects.values_list("code", "released_at")) == [("price", None)]
    refused = agent.command("order", order.pk, "release_hold", code="price", reason="it is fine")
    assert (refused.status_code, OrderHold.objects.get().released_at) == (422, None)

    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    assert boss.command("manualentry", entry.pk, "approve").status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.approver_id, OrderHold.objects.get().released_at) == ("approved", boss.user.pk, NOW)


def test_nobody_agrees_to_their_own_price(sku: Any) -> None:
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    boss.send("orders_manualentry_new", **a_form(price_0="80", reason="old customer"))
    before = row_counts()

    response = boss.command("manualentry", ManualEntry.objects.get().pk, "approve")

    assert (response.status_code, row_counts()) == (422, before)
    assert "Who entered the order may not decide on its price." in text_of(response)
    assert ManualEntry.objects.get().state == "awaiting"


def test_a_rejected_price_cancels_the_order(agent: Staff, sku: Any) -> None:
    agent.send("orders_manualentry_new", **a_form(price_0="80", reason="old customer"))

    Staff(Role.OPERATIONS_MANAGER).command("manualentry", ManualEntry.objects.get().pk, "reject", reason="too cheap")

    order = Order.objects.get()
    assert (order.status, order.owed_amount, ManualEntry.objects.get().state) == ("cancelled", Decimal("160.00"), "rejected")
    assert stock_of(sku) == (200, 0)


def test_a_price_a_little_off_needs_a_reason_only(agent: Staff, sku: Any) -> None:
    agent.send("orders_manualentry_new", **a_form(price_0="89.10", reason="scratched box"))

    assert (ManualEntry.objects.get().state, OrderHold.objects.count()) == ("stands", 0)


def test_buttons_keep_what_was_written(agent: Staff, shop: Any, sku: Any) -> None:
    earlier = an_order()
    assert earlier.customer
    a_sku(shop, code="TS-BLUE-M", on_hand=1)
    form = a_form(pasted="王五 上海市浦东新区世纪大道100号 13812345678", who="13800000000", sku_1="T-shirt", quantity_1="2")

    found = text_of(agent.send("orders_manualentry_new", **(form | {"step": "find"})))
    used = text_of(agent.send("orders_manualentry_new", **(form | {"step": f"use:{earlier.pk}"})))
    read = text_of(agent.send("orders_manualentry_new", **(form | {"step": "read"})))
    more = text_of(agent.send("orders_manualentry_new", **(form | {"step": "more"})))
    picked = text_of(agent.send("orders_manualentry_new", **(form | {"step": "pick:1:TS-BLUE-M"})))

    assert earlier.number in found
    assert "王*" in found
    assert 'value="科技园路1号"' in used
    assert f'value="{earlier.customer.public_id}"' in used
    assert 'value="世纪大道100号"' in read
    assert 'value="王五"' in read
    assert 'name="sku_5"' in more
    assert 'name="sku_3"' not in read
    assert 'value="TS-BLUE-M"' in picked
    assert ">99.00<" in picked
    assert "pick:1:TS-BLUE-M" in found
    assert "pick:1:TS-RED-M" in found
    assert Order.objects.count() == 1
