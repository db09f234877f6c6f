"""Turnover, cover, and what to do about slow stock."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalog.rules.counting.turnover import SlowFacts, SlowLimits, days_of_cover, slow_proposal, turnover, turnover_days

DAY = timedelta(days=1)
LIMITS = SlowLimits(without_sale=60 * DAY, cover=180 * DAY, return_after=120 * DAY, delist_after=240 * DAY)


@pytest.mark.parametrize(
    ("sold", "opening", "closing", "times"),
    [("300.00", "100.00", "200.00", "2.00"), ("0.00", "100.00", "100.00", "0.00"), ("100.00", "0.00", "30.00", "6.67")],
)
def test_turnover_is_cost_of_goods_sold_by_average_stock(sold: str, opening: str, closing: str, times: str) -> None:
    found = turnover(cost_of_goods_sold=Decimal(sold), opening_value=Decimal(opening), closing_value=Decimal(closing))
    assert found == Decimal(times)


def test_without_stock_there_is_no_turnover() -> None:
    assert turnover(cost_of_goods_sold=Decimal(5), opening_value=Decimal(0), closing_value=Decimal(0)) is None


@pytest.mark.parametrize(
    ("times", "days", "expected"), [("2.00", 90, 45), ("6.67", 30, 4), ("0.00", 30, None), (None, 30, None)]
)
def test_days_to_turn_over(times: str | None, days: int, expected: int | None) -> None:
    assert turnover_days(times=Decimal(times) if times else None, days=days) == expected


@pytest.mark.parametrize(("pieces", "sold", "expected"), [(90, 90, 90), (10, 0, None), (0, 5, 0), (1, 90, 1)])
def test_cover_is_how_long_the_pieces_last(pieces: int, sold: int, expected: int | None) -> None:
    assert days_of_cover(pieces=pieces, sold=sold, window=90 * DAY) == expected


@pytest.mark.parametrize(
    ("pieces", "sold", "age", "unsold", "expected"),
    [
        (0, 0, 999, 999, None),
        (5, 0, 60, 60, None),
        (5, 0, 61, 61, "promote"),
        (5, 0, 120, 120, "promote"),
        (5, 0, 121, 121, "return"),
        (5, 0, 240, 100, "return"),
        (5, 0, 241, 100, "delist"),
        (180, 90, 200, 1, None),
        (181, 90, 100, 1, "promote"),
    ],
)
def test_slow_is_what_does_not_sell_or_lasts_too_long(
    pieces: int, sold: int, age: int, unsold: int, expected: str | None
) -> None:
    facts = SlowFacts(pieces=pieces, sold=sold, window=90 * DAY, age=age * DAY, unsold_for=unsold * DAY)
    assert slow_proposal(facts, LIMITS) == expected
