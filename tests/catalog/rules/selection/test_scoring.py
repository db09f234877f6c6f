"""How ideas of products are scored, and what speaks against them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from catalog.rules.selection.scoring import LineFacts, Targets, Weights, findings, margin_of, minimum_score, total_score

EVEN = Weights(30, 30, 20, 20)
TARGETS = Targets(margin_percent=20, minimum_percent=60, turnover_days=45)
GOOD = LineFacts(
    category="flasks",
    supplier="sup-1",
    platforms=("tmall",),
    expected_monthly_sales=400,
    turnover_days=30,
    cost=Decimal(60),
    price=Decimal(120),
    competitor_price=Decimal(130),
    demand_score=4,
    quality_score=5,
    supplier_score=3,
    margin_score=4,
    quality_standard="GB/T 29606",
    complaint_record="none",
)


def found(line: LineFacts, targets: Targets = TARGETS) -> list[tuple[str, str, str]]:
    return [(one.code, one.pointer, str(one.severity)) for one in findings(line, EVEN, targets)]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (EVEN, "4.10"),
        (Weights(1, 0, 0, 0), "4.00"),
        (Weights(0, 1, 0, 0), "5.00"),
        (Weights(0, 0, 1, 0), "3.00"),
        (Weights(0, 0, 0, 0), "4.00"),
        (Weights(1, 1, 1, 0), "4.00"),
        (Weights(2, 1, 0, 0), "4.33"),
    ],
)
def test_the_score_is_the_weighted_mean(weights: Weights, expected: str) -> None:
    assert total_score(GOOD, weights) == Decimal(expected)


@pytest.mark.parametrize("name", ["demand_score", "quality_score", "supplier_score", "margin_score"])
def test_without_one_of_the_four_scores_there_is_no_total(name: str) -> None:
    unscored: dict[str, Any] = {name: None}
    line = replace(GOOD, **unscored)
    assert total_score(line, EVEN) is None
    assert found(line) == [("not_scored", f"/{name}", "error")]


def test_nothing_speaks_against_a_good_line() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("price", "cost", "expected"),
    [(Decimal(120), Decimal(60), "50.0"), (Decimal("9.99"), Decimal("8.01"), "19.8"), (None, Decimal(1), None)],
)
def test_the_margin_is_a_part_of_the_price(price: Decimal | None, cost: Decimal, expected: str | None) -> None:
    assert margin_of(replace(GOOD, price=price, cost=cost)) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(("price", "cost"), [(Decimal(0), Decimal(0)), (Decimal(10), None)])
def test_there_is_no_margin_without_price_or_cost(price: Decimal, cost: Decimal | None) -> None:
    assert margin_of(replace(GOOD, price=price, cost=cost)) is None


@pytest.mark.parametrize(("percent", "expected"), [(60, "3.00"), (61, "3.05"), (100, "5.00")])
def test_the_least_score_is_a_part_of_the_best(percent: int, expected: str) -> None:
    assert minimum_score(percent) == Decimal(expected)


@pytest.mark.parametrize(("percent", "codes"), [(82, []), (83, [("score_below_minimum", "/score", "error")])])
def test_the_score_must_reach_the_least_one(percent: int, codes: list[Any]) -> None:
    assert found(GOOD, replace(TARGETS, minimum_percent=percent)) == codes


@pytest.mark.parametrize(("percent", "codes"), [(50, []), (51, [("margin_below_target", "/price", "warning")])])
def test_the_margin_must_reach_its_target(percent: int, codes: list[Any]) -> None:
    assert found(GOOD, replace(TARGETS, margin_percent=percent)) == codes


@pytest.mark.parametrize(("days", "codes"), [(45, []), (46, [("slow_turnover", "/turnover_days", "warning")])])
def test_stock_must_turn_over_in_time(days: int, codes: list[Any]) -> None:
    assert found(replace(GOOD, turnover_days=days)) == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"complaint_record": "found"}, [("complaint_record", "/complaint_record", "error")]),
        ({"complaint_record": "unchecked"}, [("complaint_unchecked", "/complaint_record", "error")]),
        ({"quality_standard": ""}, [("standard_missing", "/quality_standard", "error")]),
        ({"supplier_suspended": True}, [("supplier_suspended", "/supplier", "error")]),
        ({"lacking": ("Licence", "Report")}, [("supplier_unqualified", "/supplier", "error")] * 2),
        ({"competitor_price": Decimal(120)}, []),
        ({"competitor_price": Decimal("119.99")}, [("above_competitor", "/price", "warning")]),
        ({"competitor_price": None}, []),
        ({"cost": Decimal(96)}, []),
        ({"cost": Decimal(120)}, [("margin_below_target", "/price", "warning")]),
        ({"cost": Decimal(121)}, [("margin_below_target", "/price", "warning"), ("below_cost", "/price", "error")]),
        ({"turnover_days": None}, [("required", "/turnover_days", "error")]),
        ({"platforms": []}, [("required", "/platforms", "error")]),
        ({"price": None}, [("required", "/price", "error")]),
    ],
)
def test_what_speaks_against_a_line(changes: dict[str, Any], codes: list[Any]) -> None:
    assert found(replace(GOOD, **changes)) == codes
