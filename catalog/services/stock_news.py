"""What the outside world is told of stock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.models import Sku, StockItem
from opsdesk.common.locking import lock_many
from opsdesk.webhooks.services import News, emit_many

KIND = "sku"


def lock_skus(sku_ids: Collection[int]) -> list[Sku]:
    """Lock SKUs so that their events are numbered one after the other; always after the stock rows."""
    return lock_many(Sku.objects.filter(pk__in=sku_ids))


def tell_changed(sku_ids: Collection[int], *, now: datetime) -> None:
    """Tell that pieces came or went: one event for each SKU, with what is on hand in all warehouses. SOP: C11, C24"""
    skus = lock_skus(sku_ids)
    totals: dict[int, int] = dict.fromkeys(sku_ids, 0)
    for sku_id, on_hand in StockItem.objects.filter(sku__in=sku_ids).values_list("sku_id", "on_hand"):
        totals[sku_id] += on_hand
    tell("stock.changed", [(sku, {"on_hand": totals[sku.pk]}) for sku in skus], now=now)


def tell(type_: str, subjects: Sequence[tuple[Sku, Mapping[str, Any]]], *, now: datetime) -> None:
    """Write one event for each of these locked SKUs."""
    emit_many([News(type_, KIND, sku.public_id, None, {"sku": sku.code, **more}) for sku, more in subjects], now=now)
