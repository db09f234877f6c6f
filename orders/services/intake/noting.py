"""What staff write on an order for each other; the customer never reads it."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from orders.models import Order
from orders.services import steps


@transaction.atomic(savepoint=False)
def note_order(*, order_id: int, seller_note: str, flag: str, actor: Actor, now: datetime) -> Order:
    """Write the note and set the colour flag; both may be empty, which takes them away.

    Raises: NotFound, Forbidden.
    Ours: seller note
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "note", actor)
    columns = {"seller_note": seller_note.strip(), "flag": flag}
    details = {"flag": [order.flag, flag], "note_changed": order.seller_note != columns["seller_note"]}
    steps.move([order], step, event="", actor=actor, now=now, details=details, **columns)
    return order
