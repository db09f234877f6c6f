"""Releasing orders to the warehouse."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from orders.enums.rounds import RoundDecision
from orders.models import Order
from orders.services import steps
from orders.services.fulfilment import allocation
from orders.services.grouping import sharing
from orders.services.rounds.items import note_decision


@transaction.atomic(savepoint=False)
def release_orders(*, order_ids: Collection[int], actor: Actor, now: datetime, note: str = "") -> list[Order]:
    """Release pending orders: they go to the warehouse that the rules choose. Orders that no warehouse can serve are held
    instead; answers those that were released.

    Raises: NotFound, Forbidden, IllegalTransition, OnHold.
    SOP: O6, O7, O8
    """
    orders = steps.lock_orders(order_ids, actor)
    step = steps.enter(orders, "release", actor)
    steps.require_no_holds(orders)
    held = allocation.place(orders, actor=actor, now=now)
    served = [order for order in orders if order not in held]
    if held:
        note_decision([order.pk for order in held], RoundDecision.HOLD, note=allocation.REFUSED, actor=actor, now=now)
    if served:
        steps.move(served, step, event="processing", actor=actor, now=now, reason=note, released_at=now)
        sharing.part_if_apart(served, actor=actor, now=now)
        note_decision([order.pk for order in served], RoundDecision.RELEASE, note=note, actor=actor, now=now)
    return served
