"""Periods of reports and what stands out in their numbers."""

from datetime import date
from typing import Any

import pytest

from support.rules.voice.reports import change, lines, period_before, remarks


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("week", date(2026, 6, 8), date(2026, 6, 1), date(2026, 6, 7)),
        ("week", date(2026, 6, 14), date(2026, 6, 1), date(2026, 6, 7)),
        ("month", date(2026, 3, 1), date(2026, 2, 1), date(2026, 2, 28)),
        ("month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_report_is_of_whole_weeks_and_months(kind: str, day: date, first: date, last: date) -> None:
    assert period_before(kind, day) == (first, last)


def test_a_change_is_of_something() -> None:
    assert (change(12, 10), change(5, 10), change(3, 0)) == (20, -50, None)


def test_lines_go_by_what_is_most_now() -> None:
    assert [(row["key"], row["now"], row["before"]) for row in lines({"a": 1, "b": 5}, {"c": 9, "a": 2}, 2)] == [
        ("b", 5, 0),
        ("a", 1, 2),
    ]


def facts(*rows: tuple[str, int, int], stars: tuple[float | None, float | None] = (None, None)) -> dict[str, Any]:
    kept = [{"key": name, "name": name, "now": now, "before": before} for name, now, before in rows]
    now, before = stars
    return {
        "type": kept,
        "product": [],
        "channel": [],
        "cause": [],
        "stars": {"now": {"mean": now}, "before": {"mean": before}},
    }


def test_what_stands_out_is_said_the_largest_first() -> None:
    found = remarks(facts(("a", 12, 10), ("b", 4, 10), ("c", 11, 10), ("d", 3, 0), ("e", 2, 1)), notable=20)
    assert [(one.params["name"], one.params.get("percent")) for one in found] == [("b", 60), ("d", None), ("a", 20)]
    assert ["fewer" in one.message for one in found] == [True, False, False]


def test_falling_stars_are_said() -> None:
    assert [one.params for one in remarks(facts(stars=(4.1, 4.5)), notable=20)] == [{"before": 4.5, "now": 4.1}]
    assert remarks(facts(stars=(4.5, 4.5)), notable=20) == []
    assert remarks(facts(stars=(None, 4.5)), notable=20) == []
    assert remarks(facts(stars=(4.5, None)), notable=20) == []
