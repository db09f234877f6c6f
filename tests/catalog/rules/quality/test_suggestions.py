"""What rows of feedback and sales speak for, and whether a change helped."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from catalog.rules.quality.suggestions import Figures, Reason, Sales, Thresholds, Voice, effect, reasons, window

NUMBERS = Thresholds(cases=3, share=40, low_stars=2, drop=40, floor=20)


def said(source: str, reason: str, count: int, *, start: int = 1, rating: int | None = None, product: int = 7) -> list[Voice]:
    return [Voice(number, product, source, reason, rating) for number in range(start, start + count)]


def found(voices: list[Voice], sales: list[Sales] | None = None) -> list[tuple[Any, ...]]:
    return [_row(one) for one in reasons(voices, sales or [], NUMBERS)]


def _row(one: Reason) -> tuple[Any, ...]:
    return one.product_id, one.rule.value, one.field.value, one.message % one.params, list(one.rows)


@pytest.mark.parametrize(
    ("cases", "others", "raised"), [(3, 4, True), (3, 5, False), (2, 0, False), (4, 6, True), (4, 7, False)]
)
def test_one_reason_stands_out_among_the_returns(cases: int, others: int, raised: bool) -> None:
    mixed = [
        Voice(100 + n, 7, "return", reason, None) for n, reason in enumerate(["colour", "usage", "quality", "damaged"] * 2)
    ][:others]
    sizes = said("return", "size", cases)

    text = f"{cases} of {cases + others} returns for the same reason."
    expected = [(7, "return_reason", "spec", text, [one.id for one in sizes])] if raised else []
    assert found([*sizes, *mixed]) == expected


@pytest.mark.parametrize(
    ("reason", "field"),
    [
        ("size", "spec"),
        ("colour", "images"),
        ("not_as_described", "detail"),
        ("usage", "usage"),
        ("quality", "detail"),
        ("damaged", "precautions"),
        ("other", "detail"),
    ],
)
def test_each_reason_has_its_field(reason: str, field: str) -> None:
    assert [row[2] for row in found(said("return", reason, 3))] == [field]


def test_low_ratings_count_up_to_their_stars() -> None:
    low = said("review", "other", 2, rating=2) + said("review", "other", 1, start=3, rating=1)

    assert found(low) == [(7, "low_rating", "detail", "3 customers gave at most 2 stars.", [1, 2, 3])]
    assert found(low[:2] + said("review", "other", 5, start=9, rating=3)) == []


def test_complaints_point_at_what_most_of_them_are_about() -> None:
    rows = said("complaint", "size", 2) + said("complaint", "colour", 1, start=3)

    assert found(rows) == [(7, "complaints", "spec", "3 quality complaints.", [1, 2, 3])]
    assert found(rows[:2]) == []


def test_products_are_judged_apart() -> None:
    assert found(said("return", "size", 2) + said("return", "size", 2, start=5, product=8)) == []


@pytest.mark.parametrize(
    ("now", "before", "raised"), [(12, 20, True), (13, 20, False), (0, 20, True), (0, 19, False), (30, 20, False)]
)
def test_sales_that_drop_from_a_fair_number(now: int, before: int, raised: bool) -> None:
    text = f"Sales fell from {before} to {now} pieces."

    assert found([], [Sales(7, now, before)]) == ([(7, "sales_drop", "images", text, [])] if raised else [])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Figures(10, 100, 10), Figures(10, 110, 11), "better"),
        (Figures(10, 100, 10), Figures(10, 109, 10), "same"),
        (Figures(10, 100, 10), Figures(10, 90, 9), "worse"),
        (Figures(10, 100, 10), Figures(10, 91, 9), "same"),
        (Figures(10, 100, 10), Figures(10, 100, 9), "better"),
        (Figures(10, 100, 10), Figures(10, 100, 11), "worse"),
        (Figures(10, 100, 10), Figures(10, 150, 30), "worse"),
        (Figures(10, 0, 0), Figures(10, 5, 0), "better"),
        (Figures(10, 0, 0), Figures(10, 0, 0), "same"),
        (Figures(10, 100, 10, Fraction(2, 100)), Figures(10, 80, 8, Fraction(3, 100)), "better"),
        (Figures(10, 100, 10, Fraction(2, 100)), Figures(10, 120, 12, None), "better"),
    ],
)
def test_a_change_is_judged_by_sales_and_returns(before: Figures, after: Figures, expected: str) -> None:
    assert effect(before, after, margin=10) == expected


def test_figures_are_kept_as_json() -> None:
    assert Figures(3, 10, 1).as_json() == {
        "days": 3,
        "sold": 10,
        "returned": 1,
        "per_day": 3.33,
        "return_rate": 0.1,
        "conversion": None,
    }
    assert Figures(3, 0, 1).as_json()["return_rate"] is None
    assert Figures(3, 0, 1, Fraction(1, 3)).as_json()["conversion"] == 0.3333


@pytest.mark.parametrize(("span", "days"), [(timedelta(days=14), 14), (timedelta(hours=3), 1)])
def test_a_window_has_at_least_a_day(span: timedelta, days: int) -> None:
    assert window(span) == days
