"""Prices at any time: now, in the past from the history, ahead from what is approved."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from catalog.enums.prices import PriceChangeState
from catalog.models import PriceChangeLine, Sku, SkuPrice
from catalog.queries.prices.facts import from_json, prices_of
from catalog.rules.content import ListingContent
from catalog.rules.prices.checks import Prices, Stretch
from catalog.rules.prices.forecast import Planned, prices_at


def moment_prices(codes: Collection[str], *, at: datetime | None, now: datetime) -> dict[str, Prices]:
    """The prices of SKUs by code at a time, now when it is None; what had no price then is missing.

    Now means what products/ shows, so that both always agree. A fixed number of statements.
    SOP: C24
    """
    if at is not None and at < now:
        held = Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))
        rows = SkuPrice.objects.filter(held, sku__code__in=codes).select_related("sku").order_by("valid_from", "id")
        return {row.sku.code: prices_of(row) for row in rows}
    current = {sku.pk: sku for sku in Sku.objects.filter(code__in=codes)}
    planned = _planned(current.keys()) if at is not None else {}
    return {
        sku.code: prices_at(prices_of(sku), planned.get(sku.pk, ()), at) if at is not None else prices_of(sku)
        for sku in current.values()
    }


def lasting_prices(codes: Iterable[str]) -> dict[str, Prices]:
    """The prices of SKUs by code as they are without a limited price that holds now."""
    skus = {sku.pk: sku for sku in Sku.objects.filter(code__in=list(codes))}
    found = {sku.code: prices_of(sku) for sku in skus.values()}
    limited = PriceChangeLine.objects.filter(sku__in=skus, change__state=PriceChangeState.ACTIVE)
    return found | {skus[line.sku_id].code: from_json(line.before) for line in limited}


def with_lasting_prices(content: ListingContent) -> ListingContent:
    """What a listing says with the prices that hold now: where the next revision begins. SOP: C10"""
    prices = lasting_prices(sku.sku for sku in content.skus)
    skus = (replace(sku, **(vars(prices[sku.sku]) if sku.sku in prices else {})) for sku in content.skus)
    return replace(content, skus=tuple(skus))


def _planned(sku_ids: Collection[int]) -> dict[int, list[Planned]]:
    states = (PriceChangeState.SCHEDULED, PriceChangeState.ACTIVE)
    lines = PriceChangeLine.objects.filter(sku__in=sku_ids, change__state__in=states).select_related("change", "sku")
    found: dict[int, list[Planned]] = defaultdict(list)
    for line in lines.order_by("id"):
        stretch = Stretch(line.change.effective_from, line.change.effective_until)
        before = from_json(line.before) if line.change.state == PriceChangeState.ACTIVE else None
        found[line.sku_id].append(Planned(stretch, prices_of(line, cost=line.sku.cost), before))
    return found
