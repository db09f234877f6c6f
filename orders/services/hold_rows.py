"""Opening and closing the holds of one locked order, with what hangs on them: the customer's contact and the clock."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from opsdesk.common.actors import Actor
from orders.enums.orders import HoldCode
from orders.models import Order, OrderHold
from orders.rules import holds as rules
from orders.services import overdue
from orders.services.contact import ask_customer, customer_answered
from orders.services.grouping import sharing


def open_codes(order: Order) -> set[str]:
    """The codes of the order's open holds."""
    return set(OrderHold.objects.filter(order=order, released_at=None).values_list("code", flat=True))


def put_on(order: Order, codes: Sequence[HoldCode], *, reason: str, actor: Actor, now: datetime) -> None:
    """Open holds of codes that are not open. SOP: O5"""
    OrderHold.objects.bulk_create(
        OrderHold(order=order, code=code, reason=reason, opened_at=now, opened_by=actor.label) for code in codes
    )
    if codes:
        sharing.leave([order], "held", actor=actor, now=now)
    if rules.needs_contact(codes):
        ask_customer([order], now=now)


def lift(order: Order, codes: Collection[str], *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Close open holds of these codes; returns the order's columns that change with it.

    When the last hold of the customer's goes, the clock of the 24 hours runs on from where it stood.
    SOP: O5, O17
    """
    OrderHold.objects.filter(order=order, code__in=codes, released_at=None).update(released_at=now, released_by=actor.label)
    left = open_codes(order)
    if rules.needs_contact(codes) and not rules.needs_contact(left):
        customer_answered([order], outcome="answered", actor=actor, now=now)
    if not rules.is_stopped(codes) or rules.is_stopped(left) or order.process_by is None:
        return {}
    return new_deadline(order, order.process_by + _stopped_for(order, now), actor=actor, now=now)


def new_deadline(order: Order, process_by: datetime | None, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The columns of a new time to hand over; what was overdue may be so again. SOP: O17"""
    if order.overdue_at:
        overdue.close([order.pk], actor, now, outcome="new deadline")
    return {"process_by": process_by, "overdue_at": None}


def _stopped_for(order: Order, now: datetime) -> Any:
    rows = OrderHold.objects.filter(order=order, code__in=rules.STOPPING_CODES)
    stops = [rules.Stop(began, ended) for began, ended in rows.values_list("opened_at", "released_at")]
    running_since = max(order.placed_at, order.paid_at or order.placed_at)
    return rules.stopped_for(stops, running_since=running_since, now=now)
