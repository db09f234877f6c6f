"""Decisions about stock."""

from datetime import date


def needs_reorder(*, available: int, threshold: int) -> bool:
    """True when sellable pieces (on hand minus reserved) have fallen below the alert threshold.

    Exactly at the threshold is still fine: the SOP says 低于10件.
    SOP: C12
    """
    return available < threshold


def is_expired(*, expires_on: date | None, today: date) -> bool:
    """True when the use-by day has passed; on the day itself the goods may still be sold.

    SOP: C20
    """
    return expires_on is not None and expires_on < today
