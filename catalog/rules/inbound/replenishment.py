"""How much is ordered of what runs short. Pure."""

from collections.abc import Mapping


def proposed_quantity(
    *, sold: int, sold_in_days: int, cover_days: int, threshold: int, hysteresis: int, available: int, on_order: int
) -> int:
    """Pieces that bring a SKU back above its threshold for `cover_days` of sales, less what is there and on order.

    `sold` are the pieces of the last `sold_in_days` days; a started piece counts whole. What hardly sells is filled up
    so far that its alert ends. Never negative.
    SOP: C12
    """
    cover = -(-sold * cover_days // sold_in_days)
    return max(threshold + max(cover, hysteresis + 1) - available - on_order, 0)


def needs_approval(*, amount: int, limit: int) -> bool:
    """True when an order, in whole yuan rounded up, costs more than one person may spend; exactly the limit is fine.

    Ours: four eyes for purchases
    """
    return amount > limit


def is_complete(outstanding: Mapping[int, int]) -> bool:
    """True when nothing of an order has still to come; `outstanding` are pieces by line."""
    return not any(outstanding.values())
