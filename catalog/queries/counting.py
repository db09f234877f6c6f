"""Reads of stocktakes, turnover and age of stock."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import DecimalField, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from catalog.enums.counting import SlowState
from catalog.models import ShopWarehouse, SlowStock, StockItem, StockLot, Stocktake, Warehouse
from catalog.rules.counting.lifecycle import OPEN
from catalog.rules.counting.turnover import turnover, turnover_days
from catalog.rules.counting.variances import Counted
from opsdesk.common.actors import Actor

GROUPS = ("sku", "category", "warehouse")
AGE_BANDS = (30, 60, 90, 180)  # days; what lies longer is the last band
SHOWN = 200
_GROUPED = {
    "sku": ("s.code", "p.title"),
    "category": ("c.code", "c.name"),
    "warehouse": ("w.code", "w.name"),
}


@dataclass(frozen=True)
class TurnoverRow:
    """Turnover of one SKU, category or warehouse over months; money in yuan at cost."""

    code: str
    name: str
    sold: int
    cost_of_goods_sold: Decimal
    opening_value: Decimal
    closing_value: Decimal
    days: int

    @property
    def times(self) -> Decimal | None:
        """Times that the stock turned over."""
        return turnover(
            cost_of_goods_sold=self.cost_of_goods_sold, opening_value=self.opening_value, closing_value=self.closing_value
        )

    @property
    def turnover_days(self) -> int | None:
        """Days to sell the average stock once."""
        return turnover_days(times=self.times, days=self.days)


@dataclass(frozen=True)
class AgeBand:
    """Stock that lies between `start` and `end` days; `end` None means longer."""

    start: int
    end: int | None
    pieces: int
    value: Decimal


def stocktakes_for(actor: Actor) -> QuerySet[Stocktake]:
    """The stocktakes of the warehouses that serve the actor's shops."""
    stocktakes = Stocktake.objects.select_related("warehouse")
    if actor.shop_ids is None:
        return stocktakes
    return stocktakes.filter(warehouse__in=_warehouses(actor))


def warehouse_codes(actor: Actor) -> list[str]:
    """The codes of the warehouses that serve the actor's shops."""
    places = Warehouse.objects.order_by("code")
    places = places if actor.shop_ids is None else places.filter(pk__in=_warehouses(actor))
    return list(places.values_list("code", flat=True))


def counted_lines(stocktake: Stocktake) -> list[Counted]:
    """The lines as the rules read them, by SKU."""
    rows = stocktake.lines.order_by("sku__code").values_list("sku__code", "expected_at_count", "counted", "reason")
    return [Counted(*row) for row in rows]


def in_the_books(stocktake_id: int) -> list[tuple[str, int]]:
    """(SKU, pieces) of a stocktake's lines as the books say now."""
    stocktake = Stocktake.objects.get(pk=stocktake_id)
    items = StockItem.objects.filter(warehouse=stocktake.warehouse_id, sku__in=stocktake.lines.values("sku"))
    return list(items.order_by("sku__code").values_list("sku__code", "on_hand"))


def locations_of(skus: Sequence[int], warehouse_id: int) -> dict[int, str]:
    """Where the pieces of each SKU lie in the warehouse."""
    lots = StockLot.objects.filter(sku__in=skus, warehouse=warehouse_id, quantity_left__gt=0, location__isnull=False)
    places: dict[int, list[str]] = {}
    for sku, code in lots.order_by("location__code").values_list("sku", "location__code").distinct():
        places.setdefault(sku, []).append(code)
    return {sku: ", ".join(codes) for sku, codes in places.items()}


def counted_longest_ago(warehouse_id: int, *, limit: int) -> list[str]:
    """The SKUs of a warehouse whose turn it is to be counted, never counted ones first, those being counted left out."""
    open_lines = Stocktake.objects.filter(warehouse=warehouse_id, state__in=OPEN).values("lines__sku")
    items = StockItem.objects.filter(warehouse=warehouse_id).exclude(sku__in=open_lines)
    return list(items.order_by(F("counted_at").asc(nulls_first=True), "id").values_list("sku__code", flat=True)[:limit])


def turnover_rows(*, group: str, first: date, last: date, days: int, warehouse: str = "") -> list[TurnoverRow]:
    """Turnover from the first to the last month, both included, by SKU, category or warehouse; the highest value first."""
    code, name = _GROUPED[group]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {code}, {name}, sum(t.sold), sum(t.sold * coalesce(t.unit_cost, 0)),
                       sum(t.opening * coalesce(t.unit_cost, 0)) FILTER (WHERE t.month = %(first)s),
                       sum(t.closing * coalesce(t.unit_cost, 0)) FILTER (WHERE t.month = %(last)s)
                FROM catalog_stockperiod t
                JOIN catalog_sku s ON s.id = t.sku_id JOIN catalog_product p ON p.id = s.product_id
                LEFT JOIN catalog_category c ON c.id = p.category_id JOIN catalog_warehouse w ON w.id = t.warehouse_id
                WHERE t.month BETWEEN %(first)s AND %(last)s AND (%(warehouse)s = '' OR w.code = %(warehouse)s)
                GROUP BY {code}, {name} ORDER BY 6 DESC NULLS LAST, 1 LIMIT {SHOWN}""",
            {"first": first, "last": last, "warehouse": warehouse},
        )
        zero = Decimal("0.00")
        return [
            TurnoverRow(row[0] or "-", row[1] or "-", row[2], row[3], row[4] or zero, row[5] or zero, days)
            for row in cursor.fetchall()
        ]


def age_bands(*, now: datetime, warehouse: str = "") -> list[AgeBand]:
    """Pieces and value of stock by how long it lies. SOP: C23"""
    lots = StockLot.objects.filter(quantity_left__gt=0)
    if warehouse:
        lots = lots.filter(warehouse__code=warehouse)
    edges = [0, *AGE_BANDS, None]
    found = []
    for start, end in itertools.pairwise(edges):
        band = lots.filter(received_at__lte=now - timedelta(days=start or 0)) if start else lots
        band = band.filter(received_at__gt=now - timedelta(days=end)) if end else band
        sums = _worth(band)
        found.append(AgeBand(start or 0, end, sums["pieces"], sums["value"]))
    return found


def _worth(lots: QuerySet[StockLot]) -> dict[str, Any]:
    cost = Coalesce(F("unit_cost"), F("sku__cost"), Decimal(0), output_field=DecimalField(max_digits=14, decimal_places=2))
    sums = lots.aggregate(pieces=Sum("quantity_left"), value=Sum(F("quantity_left") * cost))
    return {"pieces": sums["pieces"] or 0, "value": sums["value"] or Decimal("0.00")}


def _warehouses(actor: Actor) -> Any:
    return ShopWarehouse.objects.filter(shop__in=actor.shop_ids or ()).values("warehouse")


def proposals_open(proposal: str) -> list[int]:
    """The keys of open proposals of one kind, the oldest first."""
    found = SlowStock.objects.filter(proposal=proposal, state=SlowState.OPEN)
    return list(found.order_by("id").values_list("pk", flat=True))
