"""When a correction of stock needs a second person. Pure."""

from decimal import Decimal

from catalog.enums.inbound import AdjustmentReason
from catalog.enums.stock import MovementReason

MOVEMENT = {
    AdjustmentReason.DAMAGED: MovementReason.DAMAGED,
    AdjustmentReason.EXPIRED: MovementReason.EXPIRED,
    AdjustmentReason.LOST: MovementReason.LOST,
    AdjustmentReason.FOUND: MovementReason.FOUND,
    AdjustmentReason.OTHER: MovementReason.ADJUSTMENT,
}


def needs_second_person(*, pieces: int, amount: Decimal, max_pieces: int, max_amount: int) -> bool:
    """True above either limit; exactly the limit is one person's own decision.

    `pieces` and `amount` hold what the same person has corrected in the warehouse on the same day as well: cutting a
    write-off into small ones does not pass the limit.
    Ours: four eyes for write-offs
    """
    return pieces > max_pieces or amount > max_amount


def direction(reason: AdjustmentReason) -> int:
    """Finds come in, everything else goes out."""
    return 1 if reason == AdjustmentReason.FOUND else -1
