"""Proposals to merge and to split, decided on in the browser."""

from typing import Any

import pytest

from catalog.services.setup import serve_shop
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from orders.models import Allocation, Order, OrderHold, OrderSplit, ParcelGroup, PickLine, PickListOrder, Shipment
from orders.queries.fulfilment.scanning import pack_rows
from orders.services.carriers.registry import sync_carriers
from orders.services.fulfilment.packing import Checklist, pack_order
from orders.services.fulfilment.picking import make_for_orders
from orders.services.grouping.rests import reserve_rests
from orders.services.release import release_orders
from tests.builders import NOW, a_released_order, a_sku, a_warehouse, an_order, stock_of, stock_up
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
BUYER: dict[str, Any] = {"customer": {"external_id": "b-1", "name": "王小明", "phone": "13800000000", "email": None}}


def decide(staff: Staff, decision: str, *orders: Order, reason: str = "") -> Any:
    keys = ",".join(str(order.pk) for order in orders)
    return staff.send("orders_parcelgroup_proposals", decision=decision, orders=keys, reason=reason)


@pytest.mark.sop("O7")
def test_orders_of_one_buyer_leave_in_one_parcel(picker: Staff, sku: Any) -> None:
    sync_carriers()
    first, second = a_released_order(**BUYER), a_released_order(quantity=1, **BUYER)
    page = text_of(picker.open("orders_parcelgroup_proposals"))
    assert first.number in page
    assert second.number in page

    assert decide(picker, "share", first, second).status_code == 302

    group = ParcelGroup.objects.get()
    make_for_orders(order_ids=[first.pk, second.pk], actor=SYSTEM, now=NOW)
    assert list(PickListOrder.objects.values_list("bin", flat=True)) == [1, 1]
    for order in (first, second):
        pack_order(order_id=order.pk, checklist=Checklist(True, True), actor=SYSTEM, now=NOW)
    shipped = picker.command("order", first.pk, "ship", carrier="sf", tracking_no="SF000000000001")
    assert shipped.status_code == 302
    parcel = Shipment.objects.get()
    assert set(parcel.orders.all()) == {first, second}
    assert set(Order.objects.values_list("status", flat=True)) == {"shipped"}
    group.refresh_from_db()
    assert (group.state, group.shipment, stock_of(sku)) == ("shipped", parcel, (197, 0))


@pytest.mark.sop("O7", refused=True)
def test_orders_to_different_places_do_not_share_a_parcel(agent: Staff, sku: Any) -> None:
    elsewhere = {"recipient": "李四", "phone": "13800000000", "province": "浙江省", "city": "杭州市", "district": "西湖区",
                 "street": "文三路2号"}  # fmt: skip
    first, second = an_order(**BUYER), an_order(address=elsewhere, **BUYER)
    before = row_counts()

    response = decide(agent, "share", first, second)

    assert (response.status_code, row_counts()) == (422, before)
    assert "One parcel takes orders of one buyer to one address" in text_of(response)


def test_a_refusal_is_remembered_with_its_reason(agent: Staff, sku: Any) -> None:
    first, second = an_order(**BUYER), an_order(**BUYER)
    assert decide(agent, "apart", first, second).status_code == 422

    decide(agent, "apart", first, second, reason="a present for somebody else")

    group = ParcelGroup.objects.get()
    assert (group.state, group.reason, group.members) == ("refused", "a present for somebody else", [first.pk, second.pk])
    assert first.number not in text_of(agent.open("orders_parcelgroup_proposals"))


@pytest.mark.parametrize("command", ["cancel", "change_address", "hold"])
def test_what_happens_to_one_order_dissolves_the_shared_parcel(agent: Staff, sku: Any, command: str) -> None:
    first, second = an_order(**BUYER), an_order(**BUYER)
    decide(agent, "share", first, second)
    forms = {
        "cancel": {"reason": "x"},
        "hold": {"code": "risk", "reason": "x"},
        "change_address": {"recipient": "李四", "phone": "13900001111", "province": "浙江省", "city": "杭州市",
                           "district": "西湖区", "street": "文三路2号"},
    }  # fmt: skip

    assert agent.command("order", first.pk, command, **forms[command]).status_code == 302

    assert ParcelGroup.objects.get().state == "dissolved"
    assert list(second.parcel_places.values_list("active", flat=True)) == [False]


@pytest.mark.sop("O7")
def test_an_order_in_two_warehouses_is_split(shop: Any) -> None:
    boss, other = Staff(Role.OPERATIONS_SUPERVISOR), a_warehouse("hz-01")
    serve_shop(shop=shop, warehouse=other, rank=2, actor=SYSTEM, now=NOW)
    sku = a_sku(shop, on_hand=2)
    stock_up(sku, 3, other)
    order = an_order(quantity=4)
    assert "sz-01: 2 × TS-RED-M" in text_of(boss.open("orders_parcelgroup_proposals"))

    assert decide(boss, "split", order).status_code == 302

    split = OrderSplit.objects.get()
    assert (split.kind, split.state, split.order) == ("places", "accepted", order)
    assert split.parts == [
        {"sku": "TS-RED-M", "warehouse": "hz-01", "quantity": 2},
        {"sku": "TS-RED-M", "warehouse": "sz-01", "quantity": 2},
    ]
    assert Allocation.objects.get(current=True).outcome == "override"


def test_what_is_there_leaves_and_the_rest_follows(shop: Any) -> None:
    sync_carriers()
    boss, picker = Staff(Role.OPERATIONS_SUPERVISOR), Staff(Role.WAREHOUSE)
    Shop.objects.update(short_stock_policy="accept")
    sku = a_sku(shop, on_hand=3)
    order = an_order(quantity=5)
    assert list(OrderHold.objects.values_list("code", "released_at")) == [("stock", None)]
    assert "waits for stock" in text_of(boss.open("orders_parcelgroup_proposals"))

    decide(boss, "split", order)
    split = OrderSplit.objects.get()
    assert (split.kind, split.waits, stock_of(sku), OrderHold.objects.get().released_at) == ("short", True, (3, 3), NOW)

    release_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW)
    assert [
        line.quantity
        for line in PickLine.objects.filter(pick_list__in=make_for_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW))
    ] == [3]
    assert [row.quantity for row in pack_rows(order)] == [3]
    pack_order(order_id=order.pk, checklist=Checklist(True, True), actor=SYSTEM, now=NOW)
    all_of_it = picker.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000001")
    assert all_of_it.status_code == 422
    part = picker.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000001", contents="TS-RED-M=3")
    assert (part.status_code, stock_of(sku)) == (302, (0, 0))

    stock_up(sku, 1)
    assert reserve_rests(now=NOW) == 0
    stock_up(sku, 1)
    assert (reserve_rests(now=NOW), reserve_rests(now=NOW), stock_of(sku)) == (1, 0, (2, 2))
    assert WorkItem.objects.get(kind="orders.rest_to_send").closed_at is None

    rest = picker.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000002")
    order.refresh_from_db()
    assert (rest.status_code, order.status, stock_of(sku)) == (302, "shipped", (0, 0))
    assert WorkItem.objects.get(kind="orders.rest_to_send").closed_at == NOW


def test_nothing_is_awaited_of_a_cancelled_order(shop: Any) -> None:
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    Shop.objects.update(short_stock_policy="accept")
    sku = a_sku(shop, on_hand=3)
    order = an_order(quantity=5)
    decide(boss, "split", order)

    boss.command("order", order.pk, "cancel", reason="x")
    stock_up(sku, 5)

    assert (reserve_rests(now=NOW), OrderSplit.objects.get().waits, stock_of(sku)) == (0, False, (8, 0))


@pytest.mark.sop("O7", refused=True)
def test_only_what_is_proposed_is_split(agent: Staff, sku: Any) -> None:
    boss, order = Staff(Role.OPERATIONS_SUPERVISOR), an_order()
    before = row_counts()

    response = decide(boss, "split", order)

    assert (response.status_code, row_counts()) == (422, before)
    assert "This order need not be split any more" in text_of(response)
    assert decide(agent, "split", order).status_code == 403
