"""What prices will be at a time to come, from what is approved. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.rules.prices.checks import Prices, Stretch


@dataclass(frozen=True)
class Planned:
    """An approved change of a SKU. `before` is what a limited one that holds already returns to."""

    stretch: Stretch
    prices: Prices
    before: Prices | None = None


def prices_at(current: Prices, planned: Iterable[Planned], at: datetime) -> Prices:
    """The prices at a time ahead: the newest lasting change up to then, and a limited one that holds then on top of it.

    A cost that a change leaves open plays no part here.
    SOP: C24
    """
    base, limited = current, None
    for change in sorted(planned, key=lambda one: one.stretch.start):
        if change.before is not None:
            base = change.before
        if change.stretch.end is None and change.stretch.start <= at:
            base = change.prices
        elif change.stretch.end is not None and change.stretch.start <= at < change.stretch.end:
            limited = change.prices
    return limited or base
