"""Reading the market: our prices beside competitors', top search terms, price histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.models import CompetitorPrice, CompetitorProduct, MarketResearch, PriceProposal, Sku
from catalog.rules.selection.market import change_percent

_TOP_TERMS = """
SELECT term,
    sum(searches) FILTER (WHERE day >= %(since)s) AS searches,
    sum(results) FILTER (WHERE day >= %(since)s),
    sum(clicks) FILTER (WHERE day >= %(since)s),
    coalesce(sum(searches) FILTER (WHERE day < %(since)s), 0),
    max(day)
FROM catalog_searchtermcount
WHERE day > %(before)s AND day <= %(until)s AND shop_id = ANY(%(shops)s)
GROUP BY term
HAVING sum(searches) FILTER (WHERE day >= %(since)s) > 0
    AND (NOT %(only_empty)s OR sum(results) FILTER (WHERE day >= %(since)s) = 0)
ORDER BY searches DESC, term
LIMIT %(limit)s
"""


@dataclass(frozen=True)
class TermFigures:
    """A search term over a period. `change` in percent against the period before, None when it is new."""

    term: str
    searches: int
    results: int
    clicks: int
    before: int
    last_day: date

    @property
    def change(self) -> Decimal | None:
        """How much it is searched more or less than in the period before."""
        return change_percent(before=self.before, after=self.searches)

    @property
    def is_unanswered(self) -> bool:
        """True when nothing was found for it in the whole period."""
        return self.results == 0


def top_terms(
    *, shop_ids: Sequence[int], until: date, period: timedelta, only_empty: bool = False, limit: int = 100
) -> list[TermFigures]:
    """The terms that were searched most in the period that ends with `until`, with the period before; one statement.

    SOP: C1
    """
    params: dict[str, Any] = {
        "shops": list(shop_ids),
        "since": until - period + timedelta(days=1),
        "before": until - 2 * period,
        "until": until,
        "only_empty": only_empty,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOP_TERMS, params)
        return [TermFigures(*row) for row in cursor.fetchall()]


def own_price(competitor: CompetitorProduct) -> Decimal | None:
    """What a buyer pays for our SKU now; None when the product competes with a category only."""
    sku = Sku.objects.filter(pk=competitor.sku_id).first() if competitor.sku_id else None
    if sku is None:
        return None
    return sku.price if sku.discount_price is None else sku.discount_price


def price_history(competitor: CompetitorProduct, *, limit: int = 60) -> list[CompetitorPrice]:
    """The newest prices of a competitor's product, newest first."""
    return list(CompetitorPrice.objects.filter(competitor=competitor).order_by("-seen_at", "-id")[:limit])


def rows_behind(proposal: PriceProposal, *, limit: int = 60) -> list[CompetitorPrice]:
    """The prices that a proposal is about, newest first: those seen from its opening to its answer, and the one before.

    SOP: C26
    """
    rows = CompetitorPrice.objects.filter(competitor=proposal.competitor_id).order_by("-seen_at", "-id")
    since = rows.filter(seen_at__gte=proposal.opened_at)
    if proposal.answered_at is not None:
        since = since.filter(seen_at__lte=proposal.answered_at)
    return [*since[:limit], *rows.filter(seen_at__lt=proposal.opened_at)[:1]]


def research_of(week: str) -> MarketResearch | None:
    """The market research of a week by its ISO name such as 2026-W24."""
    return MarketResearch.objects.filter(week=week).first()
