"""How much of what was handed over came back, told apart by what may be the cause. SOP: O22"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from catalog.queries.listings import revision_at
from opsdesk.common.actors import Actor
from orders.enums.returns import ImprovementState, RateOf, ReturnReason, ReturnState
from orders.models import OrderLine, ReturnImprovement, ReturnLine, ShipmentLine
from orders.rules.returns.rates import Rate

MOST = 200  # rows of a table that somebody reads
# the one of the listing that was sold; a supplier that changes later does not take over what was sent before
_SUPPLIER = Coalesce(NullIf("listing_revision__supplier", Value("")), "sku__product__live_revision__supplier")


def shipped_lines(start: datetime, end: datetime, *, actor: Actor | None = None) -> QuerySet[OrderLine]:
    """Lines of the orders that were handed over in the period, without test orders."""
    lines = OrderLine.objects.filter(order__shipped_at__gte=start, order__shipped_at__lt=end, order__is_test=False)
    if actor is not None and actor.shop_ids is not None:
        lines = lines.filter(order__shop__in=actor.shop_ids)
    return lines


def returned_lines(lines: QuerySet[OrderLine]) -> QuerySet[ReturnLine]:
    """What came back of these lines, or is claimed; what the customer has withdrawn does not count."""
    rows = ReturnLine.objects.filter(order_line__in=lines)
    return rows.exclude(request__state=ReturnState.CANCELLED)


def rates(kind: str, lines: QuerySet[OrderLine], *, key: str = "", most: int | None = None) -> list[Rate]:
    """The rates by one cause, most returned pieces first; with `key` only that one. At most two statements."""
    if kind == RateOf.REASON:
        return _by_reason(lines)
    rows = _keyed(kind, lines).exclude(cause="").exclude(cause=None)
    if key:
        rows = rows.filter(cause=key)
    back = ReturnLine.objects.filter(order_line=OuterRef("pk")).exclude(request__state=ReturnState.CANCELLED).order_by()
    pieces = Subquery(back.values("order_line").annotate(n=Sum("quantity")).values("n"), output_field=IntegerField())
    counted = rows.annotate(back=Coalesce(pieces, 0)).values("cause").annotate(out=Sum("quantity"), came=Sum("back"))
    found = counted.order_by("-came", "cause").values_list("cause", "out", "came")
    return [Rate(str(cause), out, came) for cause, out, came in found[:most]]


def rows_of(kind: str, key: str, lines: QuerySet[OrderLine]) -> QuerySet[ReturnLine]:
    """The returned lines behind one number, newest first."""
    found = returned_lines(lines)
    if kind == RateOf.REASON:
        found = found.filter(reason_code=key)
    else:
        found = found.filter(order_line__in=_keyed(kind, lines).filter(cause=key).values("pk"))
    return found.select_related("request__order", "order_line").order_by("-id")


def _by_reason(lines: QuerySet[OrderLine]) -> list[Rate]:
    out = lines.aggregate(n=Sum("quantity"))["n"] or 0
    rows = returned_lines(lines).values("reason_code").annotate(n=Sum("quantity")).order_by("-n", "reason_code")
    return [Rate(ReturnReason(row["reason_code"]), out, row["n"]) for row in rows]


def _keyed(kind: str, lines: QuerySet[OrderLine]) -> QuerySet[Any, Any]:
    causes: dict[str, Any] = {
        RateOf.SKU: F("sku_code"),
        RateOf.SUPPLIER: _SUPPLIER,
        RateOf.CARRIER: Subquery(
            ShipmentLine.objects.filter(order_line=OuterRef("pk")).order_by("pk").values("shipment__carrier__code")[:1]
        ),
        RateOf.REVISION: Subquery(revision_at(OuterRef("sku__product"), OuterRef("order__placed_at"))),
    }
    return lines.annotate(cause=causes[kind])


def orders_with(sku: str, order_ids: Collection[int]) -> list[int]:
    """Those of the orders that have the SKU on a line, oldest first."""
    rows = OrderLine.objects.filter(order__in=order_ids, sku_code=sku).order_by("order_id")
    return list(rows.values_list("order_id", flat=True).distinct())


def being_improved() -> QuerySet[ReturnImprovement]:
    """Improvements that are open, and those that did not help and wait for a new round."""
    waits = Q(state=ImprovementState.NOT_IMPROVED, following=None)
    return ReturnImprovement.objects.filter(Q(closed_at=None) | waits)


def without_help() -> list[int]:
    """The improvements whose measure did not help and that wait for a new round."""
    rows = being_improved().filter(state=ImprovementState.NOT_IMPROVED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def without_measure() -> list[int]:
    """The improvements that wait for a measure, most returned pieces first."""
    rows = ReturnImprovement.objects.filter(state=ImprovementState.OPEN).order_by("-returned", "pk")
    return list(rows.values_list("pk", flat=True))
