"""What becomes of an approval that is awaited when its order is cancelled."""

from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.inbox.services import resolve
from orders.enums.manual import EntryState
from orders.models import ManualEntry, Order

KIND = "manual_entry"
WORK = "orders.entered_price"


def order_cancelled(order: Order, *, actor: Actor, now: datetime) -> None:
    """Nobody has to decide on the price of a locked order that is cancelled. SOP: O1, O18"""
    rows = ManualEntry.objects.filter(order=order, state=EntryState.AWAITING)
    waiting = list(rows.values_list("public_id", flat=True))
    if waiting:
        rows.update(state=EntryState.WITHDRAWN)
        resolve(kind=WORK, subject_ids=waiting, outcome="cancelled", actor=actor, now=now)
