"""Orders of which a part is kept and the rest waits for stock. SOP: O7, O8"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from catalog.queries.offers import warehouses_of
from catalog.services import promises
from catalog.services.stock import Take
from orders.models import Order
from orders.queries.grouping.rests import lacking_of, reserved_of


def take_what_is_there(order: Order, *, now: datetime) -> Mapping[int, int]:
    """Reserve for a locked order whatever its warehouses can give of what it lacks; answers what it lacks still. SOP: O7"""
    held = reserved_of(order)
    lacking = lacking_of(order)
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
