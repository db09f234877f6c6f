"""Counting a stocktake: starting, entering counts, saying that all is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.counting import VarianceReason
from catalog.models import StockItem, Stocktake, StocktakeLine
from catalog.parameters.counting import POST_WITHIN
from catalog.queries.counting import counted_lines
from catalog.queries.stock import skus_by_code
from catalog.rules.counting.variances import unfinished
from catalog.services import stock
from catalog.services.counting import steps
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value


@dataclass(frozen=True)
class Count:
    """What somebody counted of one SKU, and why it may differ."""

    sku: str
    counted: int
    reason: str = ""
    note: str = ""


@transaction.atomic
def start(*, stocktake_id: int, actor: Actor, now: datetime) -> Stocktake:
    """Begin counting: what the books say is frozen on every line. Raises: NotFound, Forbidden, IllegalTransition. SOP: C22"""
    stocktake, step = steps.enter(stocktake_id, "start", actor)
    balances = _balances(stocktake)
    lines = list(stocktake.lines.all())
    for line in lines:
        line.expected = balances.get(line.sku_id, 0)
    StocktakeLine.objects.bulk_update(lines, ["expected"])
    steps.move(stocktake, step, actor=actor, now=now, started_at=now)
    return stocktake


@transaction.atomic
def count(*, stocktake_id: int, counts: Sequence[Count], actor: Actor, now: datetime) -> Stocktake:
    """Keep what was counted; each line is compared with the books of this very moment, so sales meanwhile do no harm.

    A SKU that is not on the list but lies on the shelf is added to it.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (unknown SKU or reason; every one is named).
    SOP: C22
    """
    stocktake, step = steps.enter(stocktake_id, "count", actor)
    known = _known(counts, actor)
    stock.lock_items({(pk, stocktake.warehouse_id) for pk in known.values()})
    lines = {line.sku_id: line for line in stocktake.lines.all()}
    balances = dict(
        StockItem.objects.filter(warehouse=stocktake.warehouse_id, sku__in=known.values()).values_list("sku", "on_hand")
    )
    fresh = {pk for pk in known.values() if pk not in lines}
    steps.refuse_twice(stocktake.warehouse_id, {code: pk for code, pk in known.items() if pk in fresh})
    for one in counts:
        pk = known[one.sku]
        line = lines.setdefault(pk, StocktakeLine(stocktake=stocktake, sku_id=pk, expected=balances.get(pk, 0)))
        if line.counted != one.counted:
            line.counted, line.expected_at_count = one.counted, balances.get(pk, 0)
            line.counted_at, line.counted_by = now, actor.label
        line.reason, line.note = one.reason, one.note
    StocktakeLine.objects.bulk_create([lines[pk] for pk in fresh])
    columns = ["counted", "expected_at_count", "counted_at", "counted_by", "reason", "note"]
    StocktakeLine.objects.bulk_update([lines[pk] for pk in known.values() if pk not in fresh], columns)
    counters = sorted({*stocktake.counter_ids, *([actor.staff_id] if actor.staff_id else [])})
    steps.move(stocktake, step, actor=actor, now=now, counter_id=actor.staff_id, counter_ids=counters)
    return stocktake


@transaction.atomic
def finish(*, stocktake_id: int, actor: Actor, now: datetime) -> Stocktake:
    """Say that everything is counted; somebody else posts it.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (a line without count, a variance without reason).
    SOP: C22
    """
    stocktake, step = steps.enter(stocktake_id, "finish", actor)
    if issues := list(unfinished(counted_lines(stocktake))):
        raise Invalid(mark("The stocktake is not finished."), code="not_finished", issues=issues)
    steps.move(stocktake, step, actor=actor, now=now, finished_at=now)
    inbox.resolve(kind=steps.COUNT, subject_ids=[stocktake.public_id], outcome="counted", actor=actor, now=now)
    steps.raise_work(steps.POST, stocktake, due_at=now + value(POST_WITHIN), now=now)
    return stocktake


def _balances(stocktake: Stocktake) -> dict[int, int]:
    skus = stocktake.lines.values("sku")
    return dict(StockItem.objects.filter(warehouse=stocktake.warehouse_id, sku__in=skus).values_list("sku", "on_hand"))


def _known(counts: Sequence[Count], actor: Actor) -> dict[str, int]:
    known = skus_by_code([one.sku for one in counts], actor)
    issues = []
    for index, one in enumerate(counts):
        if one.sku not in known:
            issues.append(Issue(f"/counts/{index}/sku", "unknown_sku", mark("There is no SKU %(sku)s."), {"sku": one.sku}))
        if one.counted < 0:
            issues.append(Issue(f"/counts/{index}/counted", "out_of_range", mark("A count is not negative.")))
        if one.reason and one.reason not in VarianceReason.values:
            issues.append(Issue(f"/counts/{index}/reason", "unknown_reason", mark("Choose one of the reasons.")))
    if issues:
        raise Invalid(issues=issues)
    return known
