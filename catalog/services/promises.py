"""Where promised pieces lie: looked at under lock, and moved from warehouse to warehouse."""

from collections.abc import Collection, Sequence
from datetime import datetime

from catalog.models import Reservation, StockItem
from catalog.services import stock
from opsdesk.common.locking import lock_many


def lock_available(skus: Collection[int], warehouses: Collection[int]) -> dict[tuple[int, int], int]:
    """Lock these balances and say how many pieces of each can still be promised, by (sku, warehouse). SOP: O8"""
    items = lock_many(StockItem.objects.filter(sku__in=skus, warehouse__in=warehouses))
    return {(item.sku_id, item.warehouse_id): item.available for item in items}


def replace(owner_refs: Collection[str], takes: Sequence[stock.Take], *, now: datetime) -> None:
    """Promise these owners other pieces than before; until when they are kept does not change.

    The caller has locked every balance that is touched.
    Raises: InsufficientStock.
    SOP: O8
    """
    rows = Reservation.objects.filter(owner_ref__in=owner_refs, expires_at__isnull=False)
    expires_at = {owner: at for owner, at in rows.values_list("owner_ref", "expires_at") if at}
    stock.release(owner_refs)
    stock.reserve(takes, expires_at=expires_at, now=now)
