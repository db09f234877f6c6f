"""What the open check rounds know of their orders. The caller holds the orders' locks, which guard the items as well."""

from collections.abc import Collection
from datetime import datetime

from opsdesk.common.actors import Actor
from orders.enums.rounds import RoundDecision
from orders.models import CheckRoundItem
from orders.rules.rounds import UNSIGNED


def note_decision(order_ids: Collection[int], decision: RoundDecision, *, note: str = "", actor: Actor, now: datetime) -> None:
    """Write the decision into every unsigned round that waits for these orders, wherever it was taken. SOP: O3"""
    items = CheckRoundItem.objects.filter(order__in=order_ids, round__state__in=UNSIGNED)
    items.update(decision=decision, note=note, decided_by=actor.label, decided_at=now)
