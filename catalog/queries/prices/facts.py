"""What the checks of a price change have to know."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalog.models import Category, PriceChange, PriceChangeLine, PricedSku
from catalog.parameters.listings import TARGET_MARGIN
from catalog.parameters.prices import LARGE_CHANGE
from catalog.queries.listings import products_for
from catalog.queries.selection.offers import offer_of, with_offers
from catalog.rules.findings import Finding
from catalog.rules.prices.checks import PricedLine, Prices, line_problems
from opsdesk.common.actors import Actor
from opsdesk.parameters.queries import value

AMOUNTS = ("price", "discount_price", "member_price", "cost")


def changes_for(actor: Actor) -> Any:
    """The price changes of which the actor may know: those that touch only goods of his shops."""
    changes = PriceChange.objects.select_related("author")
    if actor.shop_ids is None:
        return changes
    foreign = PriceChangeLine.objects.exclude(sku__product__in=products_for(actor).values("pk"))
    return changes.exclude(pk__in=foreign.values("change"))


def prices_of(row: Any, *, cost: Decimal | None = None) -> Prices:
    """The prices that a SKU, a line or a row of the history carries; `cost` stands in where it carries none."""
    return Prices(row.price, row.discount_price, row.member_price, row.cost if row.cost is not None else cost)


def as_json(prices: Prices) -> dict[str, str | None]:
    """Prices as they are kept in JSON."""
    amounts = ((name, getattr(prices, name)) for name in AMOUNTS)
    return {name: None if amount is None else f"{amount:.2f}" for name, amount in amounts}


def from_json(data: Mapping[str, str | None]) -> Prices:
    """Prices out of their JSON form."""
    amounts = {name: Decimal(text) if (text := data.get(name)) is not None else None for name in AMOUNTS}
    return Prices(**amounts)  # type: ignore[arg-type]


def hash_of_change(lines: Sequence[tuple[str, Prices]], *, start: datetime, end: datetime | None, reason: str) -> str:
    """The SHA-256 of what a change says, in one canonical form."""
    content = [[code, as_json(prices)] for code, prices in sorted(lines, key=lambda line: line[0])]
    text = json.dumps([content, start.timestamp(), end and end.timestamp(), reason], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def lines_of(change: PriceChange) -> list[PriceChangeLine]:
    """The lines with their SKUs, by code."""
    rows = change.lines.select_related("sku__product__live_revision", "sku__product__category")
    return list(with_offers(rows, sku="sku").order_by("sku__code"))


def target_margins(category_ids: Collection[int | None]) -> dict[int | None, int]:
    """The gross margin in percent that each category has to earn: its own, else the one above it, else the parameter."""
    general = value(TARGET_MARGIN)
    rows = Category.objects.select_related("parent__parent").in_bulk([pk for pk in category_ids if pk])
    found: dict[int | None, int] = {None: general}
    for pk, category in rows.items():
        above: Category | None = category
        while above is not None and above.target_margin is None:
            above = above.parent
        found[pk] = general if above is None or above.target_margin is None else above.target_margin
    return found


def priced_lines(lines: Sequence[PriceChangeLine]) -> list[PricedLine]:
    """Each line's prices now, as they will be, and what they are measured by; a limited one in force against its return."""
    targets = target_margins({line.sku.product.category_id for line in lines})
    return [
        PricedLine(
            line.sku.code,
            from_json(line.before) if line.before else prices_of(line.sku),
            prices_of(line, cost=line.sku.cost),
            targets[line.sku.product.category_id],
            offer.price if (offer := offer_of(line, line.sku)) else None,
        )
        for line in lines
    ]


def problems_of(change: PriceChange) -> list[Finding]:
    """All that is wrong with a change, worst things and remarks alike."""
    waived = bool(change.waived_hash) and change.waived_hash == change.content_hash
    return line_problems(priced_lines(lines_of(change)), large_percent=value(LARGE_CHANGE), waived=waived)


def price_list(actor: Actor) -> Any:
    """The SKUs on the price list: those of goods that the actor sees."""
    rows = PricedSku.objects.select_related("product__category", "product__live_revision")
    return rows if actor.shop_ids is None else rows.filter(product__in=products_for(actor).values("pk"))
