"""What becomes of missing pieces in the end, and which lots are named first."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import StockLot
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from orders.enums.orders import HoldCode
from orders.models import Order, PickLine, PickList, ShortPick
from orders.rules.fulfilment.packing import Checklist
from orders.rules.fulfilment.parcels import Parcel
from orders.services.carriers.registry import sync_carriers
from orders.services.changes import cancel_order
from orders.services.fulfilment.packing import pack_order
from orders.services.fulfilment.shipping import ship_order
from orders.services.holds import release_hold
from tests.builders import NOW, a_released_order, a_sku, a_warehouse, stock_of, stock_up
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(shop: Any) -> Any:
    """B-2 with 3 pieces of lot OLD and 10 of lot NEW."""
    sku = a_sku(shop, code="B-2", on_hand=3)
    StockLot.objects.update(code="OLD")
    stock_up(sku, 10)
    StockLot.objects.exclude(code="OLD").update(code="NEW", received_at=NOW + timedelta(days=1))
    return sku


def a_short_order(picker: Staff) -> Order:
    """An order whose only piece was reported missing."""
    order = a_released_order("B-2", 1)
    picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk)
    key = {"line_id": PickLine.objects.get().pk, "quantity": 1, "reason": "gone"}
    assert picker.send("orders_picklist_short", PickList.objects.get().pk, **key).status_code == 302
    return order


@pytest.mark.sop("O9")
def test_what_expires_first_is_picked_first_and_leaves_first(picker: Staff, goods: Any) -> None:
    StockLot.objects.filter(code="NEW").update(expires_on=NOW.date() + timedelta(days=30))
    sync_carriers()
    order = a_released_order("B-2", 2)
    picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk)
    assert list(PickLine.objects.values_list("lot_code", "quantity")) == [("NEW", 2)]

    pack_order(order_id=order.pk, checklist=Checklist(True, True), actor=SYSTEM, now=NOW)
    ship_order(order_id=order.pk, parcels=[Parcel("sf", "SF000000000001")], actor=SYSTEM, now=NOW)

    assert dict(StockLot.objects.filter(sku=goods).values_list("code", "quantity_left")) == {"OLD": 3, "NEW": 8}


def test_pieces_of_a_cancelled_order_are_written_off_as_well(picker: Staff, goods: Any) -> None:
    order = a_short_order(picker)
    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=NOW)

    Staff(Role.OPERATIONS_SUPERVISOR).command("shortpick", ShortPick.objects.get().pk, "write_off", note="stolen")

    assert (stock_of(goods), ShortPick.objects.get().state) == ((12, 0), "missing")


@pytest.mark.sop("O9", refused=True)
def test_pieces_that_nobody_waits_for_are_not_written_off(picker: Staff, goods: Any) -> None:
    order, lead = a_short_order(picker), Staff(Role.OPERATIONS_SUPERVISOR)
    release_hold(order_id=order.pk, code=HoldCode.STOCK, reason="", actor=SYSTEM, now=NOW)
    before = row_counts()

    answer = lead.command("shortpick", ShortPick.objects.get().pk, "write_off", note="stolen")

    assert (answer.status_code, "does not wait for these pieces" in text_of(answer)) == (422, True)
    assert (row_counts(), stock_of(goods)) == (before, (13, 1))
