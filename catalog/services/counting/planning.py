"""Planning stocktakes, those that somebody asks for and those whose turn it is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.models import Stocktake, StocktakeLine, Warehouse
from catalog.parameters.counting import COUNT_SIZE, COUNT_WITHIN
from catalog.queries.counting import counted_longest_ago
from catalog.queries.stock import skus_by_code, warehouses_by_code
from catalog.rules.counting.lifecycle import OPEN
from catalog.services.counting import steps
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value

MOST_LINES = 2_000


@transaction.atomic
def plan_stocktake(
    *, warehouse: str, skus: Sequence[str], title: str, is_periodic: bool = False, actor: Actor, now: datetime
) -> Stocktake:
    """Ask the warehouse to count these SKUs; one that is being counted already is refused.

    Raises: Forbidden, NotFound (the warehouse), Invalid (nothing to count, too much, unknown SKUs), Conflict.
    SOP: C22
    """
    actor.require("catalog.add_stocktake")
    place = warehouses_by_code([warehouse], actor).get(warehouse)
    if place is None:
        raise NotFound(mark("There is no such warehouse."))
    codes = list(dict.fromkeys(skus))
    if not 1 <= len(codes) <= MOST_LINES:
        raise Invalid(mark("Name between 1 and %(limit)s SKUs."), code="out_of_range", limit=MOST_LINES)
    known = skus_by_code(codes, actor)
    if unknown := [code for code in codes if code not in known]:
        message = mark("There is no SKU %(sku)s.")
        raise Invalid(issues=[Issue("/skus", "unknown_sku", message, {"sku": code}) for code in unknown])
    steps.refuse_twice(place, known)
    due_at = now + value(COUNT_WITHIN)
    stocktake = Stocktake.objects.create(warehouse_id=place, title=title, is_periodic=is_periodic, due_at=due_at)
    StocktakeLine.objects.bulk_create(StocktakeLine(stocktake=stocktake, sku_id=known[code]) for code in codes)
    steps.raise_work(steps.COUNT, stocktake, due_at=due_at, now=now)
    record(Change("stocktakes.planned", steps.KIND, stocktake.public_id, after={"skus": len(codes)}), actor=actor, now=now)
    return stocktake


def plan_periodic(*, now: datetime) -> int:
    """Plan a count of what was counted the longest ago in every warehouse that has no periodic one open.

    Returns how many were planned.
    SOP: C22
    """
    planned = 0
    day = now.astimezone(SHOP_TIME).date().isoformat()
    for warehouse in Warehouse.objects.order_by("id"):
        if Stocktake.objects.filter(warehouse=warehouse, is_periodic=True, state__in=OPEN).exists():
            continue
        codes = counted_longest_ago(warehouse.pk, limit=value(COUNT_SIZE))
        if codes:
            title = f"{warehouse.code} {day}"
            plan_stocktake(warehouse=warehouse.code, skus=codes, title=title, is_periodic=True, actor=SYSTEM, now=now)
            planned += 1
    return planned


@transaction.atomic
def cancel(*, stocktake_id: int, reason: str, actor: Actor, now: datetime) -> Stocktake:
    """Give a stocktake up; nothing is booked. Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason). SOP: C22"""
    stocktake, step = steps.enter(stocktake_id, "cancel", actor)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    steps.move(stocktake, step, actor=actor, now=now, reason=reason)
    for kind in (steps.COUNT, steps.POST):
        inbox.resolve(kind=kind, subject_ids=[stocktake.public_id], outcome="cancelled", actor=actor, now=now)
    return stocktake
