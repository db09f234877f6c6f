"""What the market tells: when a competitor's price asks for an answer, how terms move, which week is researched. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from catalog.enums.selection import PriceReason

_PERCENT, _TENTH = 100, Decimal("0.1")


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday; `label` is its ISO name such as 2026-W24."""

    label: str
    starts_on: date
    ends_on: date


def price_reasons(
    *, previous: Decimal | None, current: Decimal, own: Decimal | None, tolerance_percent: int
) -> list[PriceReason]:
    """Why a competitor's new price asks for a look at ours; empty when it does not.

    It has moved when it differs from the last one by more than the tolerance, up or down; it undercuts when it falls
    below our own price, told once until it has been at or above ours again.
    SOP: C26
    """
    reasons = []
    if previous is not None and abs(current - previous) * _PERCENT > previous * tolerance_percent:
        reasons.append(PriceReason.MOVED)
    if own is not None and current < own and (previous is None or previous >= own):
        reasons.append(PriceReason.UNDERCUT)
    return reasons


def change_percent(*, before: int, after: int) -> Decimal | None:
    """How much a count has grown or shrunk, in percent with one decimal; None when there was nothing before. SOP: C1"""
    if before <= 0:
        return None
    return (Decimal(after - before) * _PERCENT / before).quantize(_TENTH, ROUND_HALF_UP)


def share_percent(*, part: int, whole: int) -> Decimal | None:
    """A part of the whole in percent with one decimal; None when there is nothing."""
    if whole <= 0:
        return None
    return (Decimal(part) * _PERCENT / whole).quantize(_TENTH, ROUND_HALF_UP)


def week_of(day: date) -> Week:
    """The week that the day lies in. SOP: C1"""
    year, number, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Week(f"{year}-W{number:02d}", monday, monday + timedelta(days=6))


def sparkline(values: Sequence[Decimal], *, width: int, height: int) -> str:
    """The points of a small line through the values, oldest first, as an SVG polyline takes them; the top is the highest.

    One value, or equal ones, lie in the middle.
    """
    if not values:
        return ""
    low, high = min(values), max(values)
    step = Decimal(width) / max(len(values) - 1, 1)
    points = []
    for index, value in enumerate(values):
        part = (value - low) / (high - low) if high > low else Decimal("0.5")
        points.append(f"{step * index:.1f},{height - part * height:.1f}")
    return " ".join(points)
