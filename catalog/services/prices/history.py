"""The history of prices: a row is closed when the next one opens, whatever changed the prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.enums.prices import PriceSource
from catalog.models import Sku, SkuPrice
from catalog.queries.prices.facts import AMOUNTS, prices_of
from catalog.rules.prices.checks import Prices
from opsdesk.common.actors import Actor


@dataclass(frozen=True)
class Origin:
    """What gave the prices: its kind, its public id, and whether it is for a limited time."""

    source: PriceSource
    ref: str = ""
    is_limited: bool = False


def keep_history(prices: Sequence[tuple[Sku, Origin]], *, actor: Actor, now: datetime) -> int:
    """Write down the prices of these locked SKUs where they differ from what is written; a fixed number of statements.

    SOP: C10
    """
    ids = [sku.pk for sku, _ in prices]
    known = {row.sku_id: row for row in SkuPrice.objects.filter(sku__in=ids, valid_until=None)}
    changed = [(sku, origin) for sku, origin in prices if _differs(known.get(sku.pk), prices_of(sku), origin)]
    SkuPrice.objects.filter(sku__in=[sku.pk for sku, _ in changed], valid_until=None).update(valid_until=now)
    SkuPrice.objects.bulk_create(
        SkuPrice(
            sku=sku,
            valid_from=now,
            source=origin.source,
            ref=origin.ref,
            is_limited=origin.is_limited,
            actor_label=actor.label,
            **{name: getattr(sku, name) for name in AMOUNTS},
        )
        for sku, origin in changed
    )
    return len(changed)


def _differs(row: SkuPrice | None, prices: Prices, origin: Origin) -> bool:
    return row is None or prices_of(row) != prices or row.is_limited != origin.is_limited
