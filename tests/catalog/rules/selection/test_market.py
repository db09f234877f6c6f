"""What prices, terms and weeks tell."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.rules.selection.market import Week, change_percent, price_reasons, share_percent, sparkline, week_of


@pytest.mark.parametrize(
    ("previous", "current", "own", "expected"),
    [
        (None, 100, None, []),
        (100, 105, None, []),
        (100, "105.01", None, ["moved"]),
        (100, 95, None, []),
        (100, "94.99", None, ["moved"]),
        (100, 99, 100, ["undercut"]),
        (100, 100, 100, []),
        (99, 98, 100, []),
        (99, 101, 100, []),
        (None, 99, 100, ["undercut"]),
        (None, 100, 100, []),
        (100, 80, 90, ["moved", "undercut"]),
    ],
)
def test_a_price_asks_for_a_look_when_it_moves_or_falls_below_ours(
    previous: int | None, current: int | str, own: int | None, expected: list[str]
) -> None:
    reasons = price_reasons(
        previous=None if previous is None else Decimal(previous),
        current=Decimal(current),
        own=None if own is None else Decimal(own),
        tolerance_percent=5,
    )
    assert [str(reason) for reason in reasons] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(0, 5, None), (100, 100, "0.0"), (100, 160, "60.0"), (3, 2, "-33.3"), (8, 0, "-100.0")]
)
def test_the_change_of_a_count(before: int, after: int, expected: str | None) -> None:
    assert change_percent(before=before, after=after) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(("part", "whole", "expected"), [(0, 0, None), (0, 3, "0.0"), (2, 3, "66.7"), (3, 3, "100.0")])
def test_the_share_of_a_part(part: int, whole: int, expected: str | None) -> None:
    assert share_percent(part=part, whole=whole) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 6, 8), Week("2026-W24", date(2026, 6, 8), date(2026, 6, 14))),
        (date(2026, 6, 14), Week("2026-W24", date(2026, 6, 8), date(2026, 6, 14))),
        (date(2027, 1, 1), Week("2026-W53", date(2026, 12, 28), date(2027, 1, 3))),
    ],
)
def test_a_week_runs_from_monday_to_sunday(day: date, week: Week) -> None:
    assert week_of(day) == week


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ((), ""),
        ((5,), "0.0,5.0"),
        ((5, 5), "0.0,5.0 20.0,5.0"),
        ((1, 3, 2), "0.0,10.0 10.0,0.0 20.0,5.0"),
    ],
)
def test_a_small_line_has_the_highest_at_the_top(values: tuple[int, ...], points: str) -> None:
    assert sparkline([Decimal(value) for value in values], width=20, height=10) == points
