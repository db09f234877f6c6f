"""Completing orders that nobody confirms, where a manager has switched that on."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.parameters.queries import value
from orders.enums.completion import ContactOutcome
from orders.parameters.completion import AUTO_COMPLETE, AUTO_COMPLETE_TIME
from orders.queries import unconfirmed
from orders.services.completion import completion

BATCH = 500


def auto_complete(*, actor: Actor, now: datetime) -> int:
    """Complete orders of which every parcel was delivered long ago, where nobody complains; off until switched on.

    The carrier's report of the delivery is the proof, and the trail says so. A batch is one transaction; returns how many
    were completed.
    SOP: O15
    """
    completed = 0
    while value(AUTO_COMPLETE) and (found := _complete_batch(actor, now)):
        completed += found
    return completed


@transaction.atomic
def _complete_batch(actor: Actor, now: datetime) -> int:
    waited = value(AUTO_COMPLETE_TIME)
    orders = lock_many(unconfirmed.delivered_before(now - waited).select_related("shop"), limit=BATCH)
    proof = (
        f"automatic: every parcel delivered by the carrier's report, not confirmed for {waited.days} days after the deadline"
    )
    if orders:
        completion.complete(orders, proof=proof, actor=actor, now=now, outcome=ContactOutcome.UNREACHABLE)
    return len(orders)
