"""Taking a step with a stocktake. The one place that changes its state."""

from collections.abc import Mapping
from datetime import datetime

from catalog.models import Stocktake, StocktakeLine
from catalog.queries.stock import warehouses_by_code
from catalog.rules.counting.lifecycle import OPEN, STOCKTAKE_LIFECYCLE
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, NotFound
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work

KIND = "stocktake"
COUNT, POST = "catalog.count_stocktake", "catalog.post_stocktake"


def enter(stocktake_id: int, name: str, actor: Actor) -> tuple[Stocktake, Transition]:
    """Lock the stocktake and ask leave for the step. Raises: NotFound, Forbidden, IllegalTransition."""
    stocktake = lock_one(Stocktake.objects.filter(pk=stocktake_id).select_related("warehouse"))
    if stocktake.warehouse.code not in warehouses_by_code([stocktake.warehouse.code], actor):
        raise NotFound()
    return stocktake, STOCKTAKE_LIFECYCLE.enter(name, stocktake.state, actor)


def move(stocktake: Stocktake, step: Transition, *, actor: Actor, now: datetime, reason: str = "", **columns: object) -> None:
    """Put a locked stocktake into the step's target state, with its audit entry."""
    before = stocktake.state
    columns["state"] = step.target or before
    Stocktake.objects.filter(pk=stocktake.pk).update(**columns)
    stocktake.refresh_from_db()
    after = {"state": stocktake.state}
    change = Change(f"stocktakes.{step.name}", KIND, stocktake.public_id, before={"state": before}, after=after, reason=reason)
    record(change, actor=actor, now=now)


def raise_work(kind: str, stocktake: Stocktake, *, due_at: datetime, now: datetime) -> None:
    """Give the warehouse, or whoever posts, something to do."""
    params = {"title": stocktake.title, "warehouse": stocktake.warehouse.code}
    inbox.raise_item(Work(kind, KIND, stocktake.public_id, due_at, params=params), now=now)


def refuse_twice(warehouse_id: int, skus: Mapping[str, int]) -> None:
    """Raises: Conflict, when one of the SKUs is being counted in this warehouse already."""
    others = StocktakeLine.objects.filter(sku__in=skus.values(), stocktake__warehouse=warehouse_id, stocktake__state__in=OPEN)
    if found := list(others.order_by("sku__code").values_list("sku__code", flat=True)[:5]):
        raise Conflict(mark("Being counted already: %(skus)s"), code="counted_elsewhere", skus=", ".join(found))
