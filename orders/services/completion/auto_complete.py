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


@transaction.atomic
def auto_complete(*, actor: Actor, now: datetime) -> int:
    """Complete orders of which every parcel was delivered long ago, where nobody complains; off until switched on.

    The carrier's report of the delivery is the proof, and the trail says so. At most BATCH at a time; returns how many.
    SOP: O15
    """
    if not value(AUTO_COMPLETE):
        return 0
    waited = value(AUTO_COMPLETE_TIME)
    orders = lock_many(unconfirmed.delivered_before(now - waited).select_related("shop"), limit=BATCH)
    proof = (
        f"automatic: every parcel delivered by the carrier's report, not confirmed for {waited.days} days after the deadline"
    )
    if orders:
        completion.complete(orders, proof=proof, actor=actor, now=now, outcome=ContactOutcome.UNREACHABLE)
    return len(orders)
