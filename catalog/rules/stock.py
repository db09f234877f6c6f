"""Decisions about stock."""


def needs_reorder(*, available: int, threshold: int) -> bool:
    """True when sellable pieces (on hand minus reserved) have fallen below the alert threshold.

    Exactly at the threshold is still fine: the SOP says 低于10件.
    SOP: C12
    """
    return available < threshold
