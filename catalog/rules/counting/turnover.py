"""How fast stock turns over, how long it lasts, and what to do when it hardly moves. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from catalog.enums.counting import SlowProposal

_CENT = Decimal("0.01")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SlowFacts:
    """A SKU's stock: its pieces, the pieces sold in the window, and how long the oldest piece lies.

    `unsold_for` is the time since the last sale, or since the goods came when none was sold.
    """

    pieces: int
    sold: int
    window: timedelta
    age: timedelta
    unsold_for: timedelta


@dataclass(frozen=True)
class SlowLimits:
    """When stock is slow, and from which age it is offered back or taken off sale."""

    without_sale: timedelta
    cover: timedelta
    return_after: timedelta
    delist_after: timedelta


def turnover(*, cost_of_goods_sold: Decimal, opening_value: Decimal, closing_value: Decimal) -> Decimal | None:
    """Times that stock turned over in the period: cost of goods sold / average stock; None without stock.

    Average stock = (opening value + closing value) / 2, all in yuan at cost.
    SOP: C23
    """
    average = (opening_value + closing_value) / 2
    return (cost_of_goods_sold / average).quantize(_CENT, ROUND_HALF_UP) if average > 0 else None


def turnover_days(*, times: Decimal | None, days: int) -> int | None:
    """Days that it takes to sell the average stock once, at the pace of a period of so many days. SOP: C23"""
    return int((Decimal(days) / times).quantize(Decimal(1), ROUND_HALF_UP)) if times else None


def days_of_cover(*, pieces: int, sold: int, window: timedelta) -> int | None:
    """Days that the pieces last at the pace of the window; None when nothing was sold. SOP: C23"""
    return int(pieces * (window / _DAY) / sold) if sold else None


def slow_proposal(facts: SlowFacts, limits: SlowLimits) -> SlowProposal | None:
    """What to do about stock that is slow: first promote it, then offer it back, at last take it off sale.

    Slow is what was not sold for longer than the limit, or lasts longer than the limit of cover; at a limit it is not.
    SOP: C23
    """
    if facts.pieces <= 0:
        return None
    cover = days_of_cover(pieces=facts.pieces, sold=facts.sold, window=facts.window)
    lasts_too_long = cover is not None and cover * _DAY > limits.cover
    if not (facts.unsold_for > limits.without_sale or lasts_too_long):
        return None
    if facts.age > limits.delist_after:
        return SlowProposal.DELIST
    return SlowProposal.RETURN if facts.age > limits.return_after else SlowProposal.PROMOTE
