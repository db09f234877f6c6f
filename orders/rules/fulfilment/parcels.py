"""How the lines of orders are shared out over parcels. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opsdesk.common.errors import Issue
from opsdesk.common.text import mark

NO_SUCH_LINE = mark("The order has no %(sku)s.")
TOO_MANY = mark("The parcels hold more of %(sku)s than is left of the order.")
TWO_OPEN = mark("Say what each parcel holds; only one may take the rest.")
NOTHING_LEFT = mark("Nothing is left for this parcel.")


@dataclass(frozen=True)
class Parcel:
    """A parcel to be handed over. `contents` are pieces by SKU of the order; None means all that no other parcel holds.

    `orders` are the public ids of further orders of the same buyer that lie in it as a whole.
    """

    carrier: str
    tracking_no: str
    contents: tuple[tuple[str, int], ...] | None = None
    orders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """What is left to hand over of one order line."""

    line_id: int
    sku: str
    quantity: int


def read_contents(text: str) -> tuple[tuple[str, int], ...]:
    """``SKU=pieces`` separated by spaces, as people write down what a parcel holds.

    Raises: ValueError, when it does not read like that.
    """
    pieces = [part.rpartition("=") for part in text.split()]
    if not pieces or not all(sku and count.isascii() and count.isdigit() and int(count) for sku, _eq, count in pieces):
        raise ValueError(text)
    return tuple((sku, int(count)) for sku, _eq, count in pieces)


def cover(pieces: Sequence[Piece], parcels: Sequence[Parcel]) -> tuple[list[dict[int, int]], list[Issue]]:
    """What each parcel holds, as pieces by order line, and what is wrong: no piece lies in two parcels. Pieces that no
    parcel holds stay for a later one.

    SOP: O12
    """
    left = Counter[str]()
    for piece in pieces:
        left[piece.sku] += piece.quantity
    issues = _take_named(left, parcels)
    rest = [index for index, parcel in enumerate(parcels) if parcel.contents is None]
    if len(rest) > 1:
        issues += [Issue(f"/parcels/{index}/lines", "required", TWO_OPEN) for index in rest]
    elif rest and not left.total() and not parcels[rest[0]].orders:
        issues.append(Issue(f"/parcels/{rest[0]}", "empty", NOTHING_LEFT))
    if issues:
        return [], issues
    wanted = [dict(+left) if parcel.contents is None else _sum(parcel.contents) for parcel in parcels]
    return _by_line(pieces, wanted), []


def _take_named(left: Counter[str], parcels: Sequence[Parcel]) -> list[Issue]:
    issues, known = [], set(left)
    for index, parcel in enumerate(parcels):
        for position, (sku, quantity) in enumerate(parcel.contents or ()):
            pointer = f"/parcels/{index}/lines/{position}"
            if sku not in known:
                issues.append(Issue(f"{pointer}/sku", "unknown_sku", NO_SUCH_LINE, {"sku": sku}))
            elif left[sku] < quantity:
                issues.append(Issue(f"{pointer}/quantity", "out_of_range", TOO_MANY, {"sku": sku}))
            else:
                left[sku] -= quantity
    return issues


def _sum(contents: Sequence[tuple[str, int]]) -> dict[str, int]:
    total = Counter[str]()
    for sku, quantity in contents:
        total[sku] += quantity
    return dict(total)


def _by_line(pieces: Sequence[Piece], wanted: Sequence[Mapping[str, int]]) -> list[dict[int, int]]:
    """Share the SKUs of each parcel out over the order lines that have them, first line first."""
    left = {piece.line_id: piece.quantity for piece in pieces}
    shares: list[dict[int, int]] = []
    for contents in wanted:
        share: dict[int, int] = {}
        for piece in pieces:
            taken = min(contents.get(piece.sku, 0) - _taken(share, pieces, piece.sku), left[piece.line_id])
            if taken > 0:
                share[piece.line_id] = taken
                left[piece.line_id] -= taken
        shares.append(share)
    return shares


def _taken(share: Mapping[int, int], pieces: Sequence[Piece], sku: str) -> int:
    return sum(share.get(piece.line_id, 0) for piece in pieces if piece.sku == sku)
