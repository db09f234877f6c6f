"""Choosing the warehouse of one order by hand. SOP: O8"""

from datetime import datetime

from django.db import transaction

from catalog.errors import InsufficientStock
from catalog.queries.picking import labels
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from orders.enums.fulfilment import AllocationOutcome, Verdict
from orders.enums.orders import HoldCode
from orders.errors import AlreadyPicking
from orders.models import Order, OrderHold, PickListOrder
from orders.rules.fulfilment.allocation import Choice, Look, Need, Place, missing, only_place
from orders.services import hold_rows, steps
from orders.services.fulfilment import allocation
from orders.services.grouping import sharing

_NOT_SERVING = mark("This warehouse does not serve the order's shop.")
_SHORT = mark("%(pieces)s of %(sku)s are missing there.")


@transaction.atomic(savepoint=False)
def choose_warehouse(*, order_id: int, warehouse_id: int | None, reason: str, actor: Actor, now: datetime) -> Order:
    """Serve an order from this warehouse, or with None from where its pieces are reserved, be it several places; the rules
    leave it there. What the rules held it for is over.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (nothing reserved), AlreadyPicking, Invalid (the warehouse),
    InsufficientStock.
    SOP: O8
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "allocate", actor)
    if PickListOrder.objects.filter(order=order, active=True).exists():
        raise AlreadyPicking(orders=order.number)
    needs = allocation.needs_of([order])
    if not needs:
        raise Conflict(mark("Nothing is reserved for this order."), code="not_reserved")
    need = needs[0]
    wanted = dict(need.held) if warehouse_id is None else _there(need, warehouse_id)
    target = only_place(need) if warehouse_id is None else warehouse_id
    looks = () if target is None else (Look(target, "", Verdict.WON),)
    choice = Choice(order.pk, AllocationOutcome.OVERRIDE, target, looks=looks)
    allocation.write([choice], needs, actor=actor, now=now, reason=reason)
    allocation.rebook([order], needs, {order.pk: wanted}, now=now)
    sharing.part_if_apart([order], actor=actor, now=now)
    inbox.resolve(kind=allocation.WORK, subject_ids=[order.public_id], outcome="chosen", actor=actor, now=now)
    held = OrderHold.objects.filter(order=order, code=HoldCode.OTHER, reason=allocation.REFUSED, released_at=None).exists()
    columns = hold_rows.lift(order, [HoldCode.OTHER], actor=actor, now=now) if held else {}
    details = {"warehouse": target} | ({"hold": HoldCode.OTHER.value} if held else {})
    event = "released" if held else ""
    steps.move([order], step, event=event, actor=actor, now=now, reason=reason, details=details, **columns)
    return order


def _there(need: Need, warehouse_id: int) -> dict[Place, int]:
    """The order's pieces, all in this warehouse. Raises: Invalid, InsufficientStock."""
    if warehouse_id not in need.places:
        raise Invalid(issues=[Issue("/warehouse_id", "not_serving", _NOT_SERVING)])
    left = allocation.lock_left([need])
    if short := missing(need, warehouse_id, left):
        names = labels(short)
        issues = [
            Issue("/warehouse_id", "available", _SHORT, {"sku": names[sku].code, "pieces": pieces})
            for sku, pieces in short.items()
        ]
        raise InsufficientStock(issues=issues)
    return {(sku, warehouse_id): pieces for sku, pieces in need.pieces.items()}
