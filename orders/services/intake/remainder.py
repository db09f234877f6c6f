"""Orders of which a part is kept and the rest waits for stock. SOP: O7, O8"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from catalog.queries.offers import warehouses_of
from catalog.queries.picking import all_reserved
from catalog.services import promises
from catalog.services.stock import Take
from orders.models import Order


def take_what_is_there(order: Order, *, now: datetime) -> Mapping[int, int]:
    """Reserve for a locked order whatever its warehouses can give of what it lacks; answers what it lacks still. SOP: O7"""
    held = Counter({(row.sku_id, row.warehouse_id): row.quantity for row in all_reserved([order.public_id])})
    lacking = _lacking(order, held)
    places = warehouses_of({order.shop_id})[order.shop_id]
    left = promises.lock_available(set(lacking) | {sku for sku, _ in held}, {*places, *(place for _, place in held)})
    more: Counter[tuple[int, int]] = Counter()
    for sku in sorted(lacking):
        for place in places:
            pieces = min(lacking[sku], max(left.get((sku, place), 0), 0))
            more[sku, place] += pieces
            lacking[sku] -= pieces
    if +more:
        wanted = +(held + more)
        takes = [Take(order.public_id, sku, place, pieces) for (sku, place), pieces in sorted(wanted.items())]
        promises.replace([order.public_id], takes, now=now)
    return {sku: pieces for sku, pieces in lacking.items() if pieces}


def _lacking(order: Order, held: Mapping[tuple[int, int], int]) -> Counter[int]:
    """The pieces by SKU that are not reserved for the order."""
    wanted: Counter[int] = Counter()
    for sku_id, quantity in order.lines.values_list("sku_id", "quantity"):
        wanted[sku_id] += quantity
    for (sku_id, _), quantity in held.items():
        wanted[sku_id] -= quantity
    return +wanted
