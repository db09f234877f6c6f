"""Whether the piece in the hand is the one that is asked for, at the shelf and at the packing desk. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.common.text import mark
from orders.enums.fulfilment import ScanResult as R
from orders.enums.fulfilment import ShortState as S

SHORT_LIFECYCLE = Lifecycle(
    Transition("found", {S.OPEN}, S.FOUND, permission="orders.work_shortpick", sop="O9"),
    Transition("write_off", {S.OPEN}, S.MISSING, permission="orders.write_off_shortpick", sop="O9"),
)
SAYS = {
    R.PIECE: mark("%(sku)s: right. Into bin %(bin)s."),
    R.LOT: mark("Lot %(code)s: right. Now the piece."),
    R.WRONG_SKU: mark("STOP: %(code)s is not asked for here. Put it back."),
    R.WRONG_LOT: mark("STOP: wrong lot. %(sku)s is taken from lot %(lot)s."),
    R.TOO_MANY: mark("STOP: there is enough of %(sku)s. Put it back."),
}
PACKED = mark("%(sku)s: right. Into the parcel.")
RIGHT = frozenset({R.PIECE, R.LOT})


@dataclass(frozen=True)
class Wanted:
    """Pieces of one SKU that are asked for: from one lot, for one order, so many still to come."""

    line_id: int
    sku_id: int
    sku: str
    barcode: str
    left: int
    lot: str = ""


@dataclass(frozen=True)
class Judged:
    """What a scan was, and which line it belongs to. `sku` and `lot` are what should have been in the hand."""

    result: R
    line_id: int | None = None
    sku_id: int | None = None
    sku: str = ""
    lot: str = ""


def judge(
    code: str,
    wanted: Sequence[Wanted],
    *,
    lot: str = "",
    lot_for: int | None = None,
    lots: Mapping[str, Collection[int]] | None = None,
) -> Judged:
    """What this code is: the code or barcode of a SKU, or the code of a lot.

    `wanted` comes in the order of the walk, finished lines included. `lot` was scanned before; it counts for a SKU
    that lies in it, and once a piece was taken for that SKU, `lot_for`, alone. `lots` are the SKUs of all lots in the
    warehouse by the lot's code.
    SOP: O9, O10
    """
    lots = lots or {}
    lines = [line for line in wanted if code in (line.sku, line.barcode)]
    if not lines:
        return _judge_lot(code, wanted, lots)
    still = [line for line in lines if line.left > 0]
    first = lines[0]
    if not still:
        return Judged(R.TOO_MANY, sku_id=first.sku_id, sku=first.sku)
    counts = lot_for in (None, first.sku_id) and first.sku_id in lots.get(lot, ())
    if counts and any(line.lot for line in still):
        still = [line for line in still if line.lot == lot]
        if not still:
            asked = next(line.lot for line in lines if line.left > 0)
            return Judged(R.WRONG_LOT, sku_id=first.sku_id, sku=first.sku, lot=asked)
    return Judged(R.PIECE, still[0].line_id, first.sku_id, first.sku, still[0].lot)


def _judge_lot(code: str, wanted: Sequence[Wanted], lots: Mapping[str, Collection[int]]) -> Judged:
    still = [line for line in wanted if line.left > 0 and line.lot]
    for line in still:
        if line.lot == code:
            return Judged(R.LOT, line.line_id, line.sku_id, line.sku, line.lot)
    for line in still:
        if line.sku_id in lots.get(code, ()):
            return Judged(R.WRONG_LOT, sku_id=line.sku_id, sku=line.sku, lot=line.lot)
    return Judged(R.WRONG_SKU)


def share_short(lines: Sequence[Wanted], pieces: int) -> list[tuple[int, int]]:
    """Which lines go without when so many pieces are not there: the last ones first, as (line, pieces). SOP: O9"""
    shares = []
    for line in reversed(lines):
        taken = min(pieces, line.left)
        if taken > 0:
            shares.append((line.line_id, taken))
            pieces -= taken
    return shares
