"""The time by which the platform itself has promised the parcel. SOP: O17"""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.models import Order
from orders.parameters.intake import PLACED_BACK
from orders.services import hold_rows, steps


@transaction.atomic(savepoint=False)
def promise_ship_time(*, order_id: int, promised_by: datetime | None, reason: str, actor: Actor, now: datetime) -> Order:
    """Set or take away the platform's own ship time. The earlier of it and the house's 24 hours counts; the customer's
    questions do not move it.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (before the order was placed, or far away).
    SOP: O17
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "promise", actor)
    if promised_by and not order.placed_at <= promised_by <= now + value(PLACED_BACK):
        message = mark("The time lies before the order, or too far ahead.")
        raise Invalid(message, code="date_out_of_range", issues=[Issue("/promised_by", "date_out_of_range", message)])
    before = order.promised_by
    columns = hold_rows.new_deadline(order, order.process_by, actor=actor, now=now) | {"promised_by": promised_by}
    details = {"promised_by": [moment.isoformat() if moment else None for moment in (before, promised_by)]}
    steps.move([order], step, event="", actor=actor, now=now, reason=reason, details=details, **columns)
    return order
