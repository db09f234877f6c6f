"""Check rounds."""

from datetime import datetime

from opsdesk.common.actors import SYSTEM
from opsdesk.shops.models import Shop
from orders.models import CheckRound
from orders.services.rounds.rounds import open_rounds
from tests.builders.times import at


def a_round(shop: Shop, *, slot: datetime | None = None, now: datetime | None = None) -> CheckRound:
    """The shop's round of the slot (09:00 if none is named), opened at its time."""
    slot = slot or at(9)
    open_rounds(slot=slot, actor=SYSTEM, now=now or slot)
    return CheckRound.objects.get(shop=shop, expected_at=slot)
