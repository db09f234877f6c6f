"""Judging a finished stocktake: having it counted again, or booking what differs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.enums.stock import MovementReason
from catalog.models import StockItem, Stocktake, StocktakeLine
from catalog.parameters.counting import COUNT_WITHIN
from catalog.services import stock
from catalog.services.counting import steps
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value

LOT_LENGTH = 60


@transaction.atomic
def recount(*, stocktake_id: int, reason: str, actor: Actor, now: datetime) -> Stocktake:
    """Have everything that differs counted again.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: C22
    """
    stocktake, step = steps.enter(stocktake_id, "recount", actor)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    differing = stocktake.lines.exclude(counted=F("expected_at_count"))
    differing.update(counted=None, expected_at_count=None, counted_at=None, counted_by="")
    steps.move(stocktake, step, actor=actor, now=now, reason=reason, finished_at=None)
    inbox.resolve(kind=steps.POST, subject_ids=[stocktake.public_id], outcome="recount", actor=actor, now=now)
    steps.raise_work(steps.COUNT, stocktake, due_at=now + value(COUNT_WITHIN), now=now)
    return stocktake


@transaction.atomic
def post(*, stocktake_id: int, actor: Actor, now: datetime) -> Stocktake:
    """Book the variances: each as a change by what differed when it was counted, never as a new balance.

    Whoever counted does not post, whatever their role.
    Raises: NotFound, Forbidden, IllegalTransition, Conflict (orders have reserved pieces that are not there).
    SOP: C22
    """
    stocktake, step = steps.enter(stocktake_id, "post", actor)
    if actor.staff_id is None or actor.staff_id in stocktake.counter_ids:
        raise Forbidden(mark("Whoever counted a stocktake may not post it."), code="four_eyes")
    lines = list(stocktake.lines.select_related("sku").order_by("sku__code"))
    changes = {line.sku_id: (line.counted or 0) - (line.expected_at_count or 0) for line in lines}
    place = stocktake.warehouse_id
    items = stock.lock_items({(sku, place) for sku in changes})
    _refuse_reserved(lines, changes, {sku: item for (sku, _), item in items.items()})
    found = stock.LotFacts(code=stocktake.title[:LOT_LENGTH])  # of pieces that the books do not know
    bookings = [
        stock.Booking(sku, place, delta, f"stocktake:{stocktake.public_id}:{sku}", stocktake.public_id, facts=found)
        for sku, delta in changes.items()
        if delta
    ]
    stock.book(bookings, reason=MovementReason.STOCKTAKE, actor=actor, now=now)
    StockItem.objects.filter(warehouse=place, sku__in=changes).update(counted_at=now)
    steps.move(stocktake, step, actor=actor, now=now, poster_id=actor.staff_id, posted_at=now)
    inbox.resolve(kind=steps.POST, subject_ids=[stocktake.public_id], outcome="posted", actor=actor, now=now)
    return stocktake


def _refuse_reserved(lines: Sequence[StocktakeLine], changes: Mapping[int, int], items: Mapping[int, StockItem]) -> None:
    """Raises: Conflict, naming every SKU of which more is reserved for orders than is left."""
    issues = [
        Issue(
            f"/{line.sku.code}/counted",
            "reserved",
            mark("%(reserved)s pieces of %(sku)s are reserved for orders, more than are left; hold the orders first."),
            {"sku": line.sku.code, "reserved": items[line.sku_id].reserved},
        )
        for line in lines
        if changes[line.sku_id] < 0 and items[line.sku_id].on_hand + changes[line.sku_id] < items[line.sku_id].reserved
    ]
    if issues:
        raise Conflict(mark("Orders have reserved what is not there."), code="reserved", issues=issues)
