"""Amounts of money: two decimals, rounded half up, never a float."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to two decimals."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def split(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Share out an amount by weights so that the parts add up to the cent.

    The rounding difference goes to the heaviest part; with no weight at all, to the first.
    """
    total = sum(weights, Decimal(0))
    parts = [to_cents(amount * weight / total) if total else Decimal("0.00") for weight in weights]
    if parts:
        heaviest = max(range(len(parts)), key=lambda index: weights[index])
        parts[heaviest] += amount - sum(parts, Decimal(0))
    return parts
