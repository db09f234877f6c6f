"""What the screens of prices show: rows with old and new side by side, the calendar, and the line of a history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from catalog.enums.prices import PriceChangeState
from catalog.models import PriceChange, PriceChangeLine, SkuPrice
from catalog.queries.prices.facts import lines_of, priced_lines, prices_of
from catalog.queries.selection.offers import Offer, offer_of
from catalog.rules.findings import Finding
from catalog.rules.prices.checks import PricedLine, Prices
from catalog.rules.pricing import margin_percent
from opsdesk.doors.words import say
from opsdesk.duties.definitions import SHOP_TIME

SHOWN = 300
_COST_CODES = frozenset({"below_cost", "margin_below_target"})
_WIDTH, _HEIGHT = 240, 48


@dataclass(frozen=True)
class LineRow:
    """One SKU of a change, before and after; margins are None for those who may not see them."""

    line: PricedLine
    offer: Offer | None
    old_margin: Decimal | None
    new_margin: Decimal | None


@dataclass(frozen=True)
class Remark:
    severity: str
    text: str


@dataclass(frozen=True)
class Sparkline:
    """The course of a price as points of a drawing, and what it says in words."""

    points: str
    lowest: Decimal
    highest: Decimal
    width: int = _WIDTH
    height: int = _HEIGHT


def line_rows(change: PriceChange, *, costs: bool) -> list[LineRow]:
    """Each SKU of a change, old and new side by side."""
    lines = lines_of(change)
    priced = zip(priced_lines(lines), (offer_of(line, line.sku) for line in lines), strict=True)
    return [LineRow(one, offer, _margin(one.old, costs), _margin(one.new, costs)) for one, offer in priced]


def rows_of(lines: Iterable[PriceChangeLine]) -> list[dict[str, Any]]:
    """The first values of the table in which a change is written."""
    return [vars(prices_of(line)) | {"sku": line.sku.code} for line in lines]


def remarks(findings: Iterable[Finding], *, costs: bool) -> list[Remark]:
    """Findings in the reader's language; what would give a cost away only for those who may see costs."""
    return [Remark(str(f.severity), say(f.message, f.params)) for f in findings if costs or f.code not in _COST_CODES]


def calendar_weeks(changes: QuerySet[PriceChange], now: datetime) -> list[tuple[date, list[PriceChange]]]:
    """What waits, is scheduled or holds, by the Monday of the week in which it begins."""
    states = (PriceChangeState.SUBMITTED, PriceChangeState.SCHEDULED, PriceChangeState.ACTIVE)
    lately = Q(state=PriceChangeState.ENDED, ended_at__gte=now - timedelta(days=7))
    rows = changes.filter(Q(state__in=states) | lately).order_by("effective_from", "id")[:SHOWN]

    def monday(change: PriceChange) -> date:
        day = change.effective_from.astimezone(SHOP_TIME).date()
        return day - timedelta(days=day.weekday())

    return [(week, list(found)) for week, found in groupby(rows, key=monday)]


def sparkline(history: Sequence[SkuPrice], now: datetime) -> Sparkline | None:
    """The lowest price that was asked, as steps over time; None with less than two prices."""
    rows = sorted(history, key=lambda row: (row.valid_from, row.pk))
    if len(rows) < 2:
        return None
    asked = [prices_of(row).lowest for row in rows]
    lowest, highest = min(asked), max(asked)
    start, span = rows[0].valid_from, max((now - rows[0].valid_from).total_seconds(), 1.0)
    height = float(highest - lowest) or 1.0
    points = []
    for row, amount in zip(rows, asked, strict=True):
        until = row.valid_until or now
        y = _HEIGHT - 4 - (_HEIGHT - 8) * float(amount - lowest) / height
        for moment in (row.valid_from, until):
            points.append(f"{_WIDTH * (moment - start).total_seconds() / span:.1f},{y:.1f}")
    return Sparkline(" ".join(points), lowest, highest)


def _margin(prices: Prices, costs: bool) -> Decimal | None:
    if not costs or prices.cost is None or prices.lowest <= 0:
        return None
    return margin_percent(price=prices.lowest, cost=prices.cost)
