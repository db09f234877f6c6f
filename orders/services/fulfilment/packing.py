"""The packing desk."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from orders.errors import PackCheckFailed
from orders.models import Order, PackCheck
from orders.queries.fulfilment.notices import notices_of
from orders.rules.fulfilment.packing import Checklist, failed_points
from orders.services import steps
from orders.services.carriers.choosing import choose_for
from orders.services.fulfilment import picking

__all__ = ["Checklist", "pack_order"]


@transaction.atomic(savepoint=False)
def pack_order(*, order_id: int, checklist: Checklist, actor: Actor, now: datetime) -> Order:
    """Close an order's parcel after the pack check: it is ready to ship, its carrier is chosen, its place in a pick list
    is done with.

    Raises: NotFound, Forbidden, IllegalTransition, OnHold, PackCheckFailed.
    SOP: O10
    """
    orders = steps.lock_orders([order_id], actor)
    step = steps.enter(orders, "pack", actor)
    steps.require_no_holds(orders)
    notices = notices_of([order_id])[order_id]
    needed = {name for name in ("gifts", "manual", "warranty") if getattr(notices, name)}
    if issues := failed_points(checklist, needed=needed):
        raise PackCheckFailed(issues=issues)
    PackCheck.objects.create(order=orders[0], packed_at=now, packed_by=actor.label, **asdict(checklist))
    choose_for(orders, actor=actor, now=now)
    picking.leave_lists(orders, actor=actor, now=now)
    steps.move(orders, step, event="ready_to_ship", actor=actor, now=now, ready_at=now)
    return orders[0]
