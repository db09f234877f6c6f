"""What can be promised of goods while they are being ordered by telephone. SOP: O1"""

from collections.abc import Collection

from catalog.queries.offers import warehouses_of
from catalog.queries.range import range_of
from opsdesk.common.actors import Actor
from opsdesk.shops.queries import visible_to


def available_in(shop: str, codes: Collection[str], actor: Actor) -> dict[str, int]:
    """Pieces of each SKU that the shop's warehouses can still promise, by code."""
    found = visible_to(actor).filter(code=shop).first()
    if found is None:
        return {}
    places = set(warehouses_of([found.pk])[found.pk])
    return {sku.code: sum(pieces for place, pieces in sku.available.items() if place in places) for sku in range_of(codes)}
