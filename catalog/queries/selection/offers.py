"""What others ask for our goods: the newest price in the register of competitors, else what the listing noted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, NullIf

from catalog.models import CompetitorProduct, Sku

_DOT = Value(" · ")


@dataclass(frozen=True)
class Offer:
    """A competitor's price; `source` names who asks it, and is empty when the listing noted it. `seen_at` is its day."""

    price: Decimal
    source: str
    seen_at: datetime | None


def with_offers(rows: QuerySet[Any], *, sku: str = "pk") -> QuerySet[Any]:
    """The rows, each with the newest price that was seen of a product that competes with its SKU. SOP: C10, C26"""
    newest = CompetitorProduct.objects.filter(sku=OuterRef(sku), last_price__isnull=False)
    newest = newest.annotate(source=Concat(F("name"), NullIf(Concat(_DOT, F("seller")), _DOT))).order_by("-last_seen_at", "-pk")
    found: QuerySet[Any] = rows.annotate(
        offer_price=Subquery(newest.values("last_price")[:1]),
        offer_source=Subquery(newest.values("source")[:1]),
        offer_seen_at=Subquery(newest.values("last_seen_at")[:1]),
    )
    return found


def offer_of(row: Any, sku: Sku) -> Offer | None:
    """What others ask for the SKU; `row` was read with its offers. SOP: C10, C26"""
    if row.offer_price is not None:
        return Offer(row.offer_price, row.offer_source, row.offer_seen_at)
    live = sku.product.live_revision
    for one in live.skus if live else ():
        if one["sku"] == sku.code and one.get("competitor_price"):
            return Offer(Decimal(one["competitor_price"]), "", live.published_at)  # type: ignore[union-attr]
    return None
