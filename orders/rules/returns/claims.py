"""How many pieces can come back, and what they are worth."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from orders.enums.returns import Disposition, Inspection, ReturnReason

_CENT = Decimal("0.01")


def worth(*, unit_price: Decimal, bought: int, discount: Decimal, quantity: int) -> Decimal:
    """What the customer paid for so many pieces of a line, its discount shared evenly. SOP: O20"""
    return ((unit_price * bought - discount) * quantity / bought).quantize(_CENT, ROUND_HALF_UP)


def left_to_return(*, shipped: int, returned: int) -> int:
    """Pieces that can still be claimed. SOP: O20"""
    return max(shipped - returned, 0)


def arrival(*, delivered_at: datetime | None, handed_over_at: datetime | None, allowance: timedelta) -> datetime | None:
    """When the goods arrived, or are taken to have: without a report so long after the hand-over. SOP: O16, S8"""
    if delivered_at is not None:
        return delivered_at
    return handed_over_at + allowance if handed_over_at is not None else None


def too_late(*, reasons: Collection[str], arrived_at: datetime | None, now: datetime, time: timedelta) -> bool:
    """Without a reason goods come back within some days of their arrival only. SOP: S8"""
    return ReturnReason.NO_REASON in reasons and arrived_at is not None and now > arrived_at + time


def may_go_to(*, accepted: int, disposition: str) -> bool:
    """Whether the pieces of a line can go there: only what was not accepted goes back to the customer. SOP: O21"""
    return disposition in Disposition.values and (disposition != Disposition.CUSTOMER or accepted == 0)


def verdict(*, quantity: int, accepted: int) -> Inspection:
    """What an inspection of so many pieces is called. SOP: O21"""
    if accepted == quantity:
        return Inspection.ACCEPTED
    return Inspection.PARTIAL if accepted else Inspection.REJECTED
