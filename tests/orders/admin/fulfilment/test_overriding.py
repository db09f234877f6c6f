"""Choosing the warehouse by hand: what stands in the way, and what ends the work."""

from typing import Any

import pytest

from catalog.models import Reservation
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.enums.orders import HoldCode
from orders.models import Allocation, Order
from orders.services.changes import cancel_order
from orders.services.holds import release_hold
from orders.services.release import release_orders
from tests.builders import NOW, a_released_order, a_sku, a_warehouse, an_order, stock_up
from tests.builders.warehouse import a_second_warehouse, an_allocation_rule
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def second(shop: Any) -> Any:
    """A second warehouse; B-2 lies with 3 pieces in the first and 10 in it."""
    goods = a_sku(shop, code="B-2", on_hand=3)
    place = a_second_warehouse(shop)
    stock_up(goods, 10, place)
    return place


@pytest.fixture
def lead(db: None) -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)


def a_stuck_order(second: Any) -> Order:
    """Nobody serves its province."""
    an_allocation_rule(second, provinces=["北京"])
    order = an_order("B-2", 12)
    assert release_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW) == []
    return order


@pytest.mark.sop("O8")
def test_an_order_of_two_warehouses_may_stay_where_it_is(lead: Staff, second: Any) -> None:
    order = a_stuck_order(second)

    lead.command("order", order.pk, "allocate", warehouse_id="", reason="two parcels are fine")

    found = Allocation.objects.get(current=True)
    assert (found.outcome, found.warehouse, found.looked_at) == ("override", None, [])
    release_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW)
    rows = Reservation.objects.order_by("id").values_list("warehouse__code", "quantity")
    assert (Order.objects.get().status, list(rows)) == ("processing", [("sz-01", 3), ("hz-01", 9)])


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        (lambda key: cancel_order(order_id=key, reason="", actor=SYSTEM, now=NOW), "cancelled"),
        (lambda key: release_hold(order_id=key, code=HoldCode.OTHER, reason="", actor=SYSTEM, now=NOW), "lifted"),
    ],
)
def test_the_work_ends_with_the_order_or_its_hold(second: Any, ends: Any, outcome: str) -> None:
    order = a_stuck_order(second)

    ends(order.pk)

    assert WorkItem.objects.get(kind="orders.unallocated").outcome == outcome


@pytest.mark.sop("O8", refused=True)
def test_an_order_on_a_pick_list_or_without_pieces_keeps_its_warehouse(lead: Staff, picker: Staff, second: Any) -> None:
    listed = a_released_order("B-2", 1)
    picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk)
    bare = an_order("B-2", 1)
    Reservation.objects.filter(owner_ref=bare.public_id).delete()
    before = row_counts()

    answers = [text_of(lead.command("order", one.pk, "allocate", warehouse_id=second.pk, reason="x")) for one in (listed, bare)]

    assert f"These orders stand in an open pick list: {listed.number}" in answers[0]
    assert "Nothing is reserved for this order." in answers[1]
    assert row_counts() == before
