"""Goods that expire: the product specialist decides in time, the warehouse writes off what is too late."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.models import StockLot
from catalog.parameters.inbound import EXPIRY_RESPONSE, EXPIRY_WARNING
from catalog.queries.inbound.goods import emptied, expired, expiring
from catalog.rules.alerts import KEPT
from catalog.rules.inbound.lifecycles import LOT_STEPS
from catalog.services.inbound.adjustment_steps import EXPIRED
from catalog.services.inbound.locations import LOT, lock_lot
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value

EXPIRING = "catalog.lot_expiring"


@transaction.atomic
def scan_expiry(*, now: datetime) -> int:
    """Ask what becomes of lots that expire soon, and have those written off that are past their day. Twice is harmless.

    Returns how many lots are of concern.
    SOP: C20
    """
    today = now.astimezone(SHOP_TIME).date()
    soon = expiring(today, today + value(EXPIRY_WARNING))
    late = expired(today)
    _close(EXPIRING, [lot.public_id for lot in late], now)
    for kind in (EXPIRING, EXPIRED):
        open_ = WorkItem.objects.filter(kind=kind, closed_at=None).values_list("subject_id", flat=True)
        _close(kind, emptied(list(open_)), now)
    raise_many([_work(EXPIRING, lot, now) for lot in soon] + [_work(EXPIRED, lot, now) for lot in late], now=now)
    return len(soon) + len(late)


@transaction.atomic
def note_expiry(*, lot_id: int, reason: str, actor: Actor, now: datetime) -> StockLot:
    """Say what is done with a lot before it expires, such as a lower price or a campaign.

    Raises: NotFound, Forbidden, Conflict (it does not expire).
    SOP: C20
    """
    LOT_STEPS.enter("note_expiry", KEPT, actor)
    lot = lock_lot(lot_id, actor)
    if lot.expires_on is None:
        raise Conflict(mark("This lot does not expire."), code="does_not_expire")
    lot.expiry_noted_at = now
    lot.save(update_fields=["expiry_noted_at"])
    resolve(kind=EXPIRING, subject_ids=[lot.public_id], outcome="decided", actor=actor, now=now)
    record(Change("catalog.expiry_noted", LOT, lot.public_id, reason=reason), actor=actor, now=now)
    return lot


def _work(kind: str, lot: StockLot, now: datetime) -> Work:
    params = {"sku": lot.sku.code, "lot": lot.code, "day": f"{lot.expires_on}", "pieces": lot.quantity_left}
    return Work(kind, LOT, lot.public_id, now + value(EXPIRY_RESPONSE), params=params)


def _close(kind: str, subjects: Sequence[str], now: datetime) -> None:
    resolve(kind=kind, subject_ids=subjects, outcome="gone", actor=SYSTEM, now=now)
