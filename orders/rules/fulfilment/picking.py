"""Which lots are picked for which order, and how a pick list reads. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Want:
    """Pieces of a SKU that an order is waiting for."""

    order_id: int
    sku_id: int
    quantity: int


@dataclass(frozen=True)
class LotLeft:
    """A lot and the pieces of it that no other pick list has spoken for."""

    lot_id: int
    code: str
    quantity: int


@dataclass(frozen=True)
class Pick:
    """Pieces of one lot for one order; without a lot when the lots do not cover the stock."""

    order_id: int
    sku_id: int
    quantity: int
    lot_id: int | None = None
    lot_code: str = ""


def plan_lots(wants: Sequence[Want], lots: Mapping[int, Sequence[LotLeft]]) -> list[Pick]:
    """Serve the wants in their order from the oldest lots. `lots` are by SKU, oldest first.

    SOP: O9
    """
    left = {lot.lot_id: lot.quantity for row in lots.values() for lot in row}
    picks = []
    for want in wants:
        missing = want.quantity
        for lot in lots.get(want.sku_id, ()):
            taken = min(missing, max(left[lot.lot_id], 0))
            if taken:
                picks.append(Pick(want.order_id, want.sku_id, taken, lot.lot_id, lot.code))
                left[lot.lot_id] -= taken
                missing -= taken
        if missing:
            picks.append(Pick(want.order_id, want.sku_id, missing))
    return picks
