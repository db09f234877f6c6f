"""How an order that does not fit in one parcel is shared out over warehouses, line by line. Pure. SOP: O7"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Pieces of a SKU from one warehouse; without a warehouse they wait for stock."""

    sku: str
    warehouse: str
    quantity: int


def parts_of(wanted: Sequence[tuple[str, int]], left: Mapping[str, Mapping[str, int]], places: Sequence[str]) -> list[Part]:
    """What each warehouse, the first choice first, can give of each line now, and what has to wait.

    `left` are sellable pieces by SKU and warehouse; it is not changed. SOP: O7
    """
    taken: dict[tuple[str, str], int] = defaultdict(int)
    parts = []
    for sku, quantity in wanted:
        for place in places:
            pieces = min(quantity, max(left.get(sku, {}).get(place, 0) - taken[sku, place], 0))
            if pieces:
                parts.append(Part(sku, place, pieces))
                taken[sku, place] += pieces
                quantity -= pieces
        if quantity:
            parts.append(Part(sku, "", quantity))
    return parts
