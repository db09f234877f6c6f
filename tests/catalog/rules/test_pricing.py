"""Prices, margins and what is wrong with them."""

from decimal import Decimal
from typing import Any

import pytest

from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.pricing import margin_percent, price_problems


def problems(target: int = 20, waived: bool = False, **prices: Any) -> list[tuple[str, str, str]]:
    amounts: dict[str, Any] = {name: None if amount is None else Decimal(amount) for name, amount in prices.items()}
    content = ListingContent(skus=(SkuContent("A", **amounts),))
    return [(f.code, f.pointer, str(f.severity)) for f in price_problems(content, target_percent=target, waived=waived)]


def test_the_margin_is_of_the_price() -> None:
    assert margin_percent(price=Decimal("100"), cost=Decimal("80")) == 20


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ({"price": "100.00", "cost": "80.00"}, []),
        ({"price": "100.00", "cost": "80.01"}, [("margin_below_target", "/skus/0/price", "error")]),
        ({"price": "100.00", "cost": "80.00", "discount_price": "100.00", "member_price": "80.00"}, []),
        ({"price": "100.00", "cost": "80.00", "discount_price": "100.01"}, [
            ("above_price", "/skus/0/discount_price", "error"),
        ]),
        ({"price": "100.00", "cost": "80.00", "member_price": "79.99"}, [("below_cost", "/skus/0/member_price", "error")]),
        ({"price": "100.00", "cost": "80.00", "member_price": "0.00"}, [
            ("price_not_positive", "/skus/0/member_price", "error"),
            ("below_cost", "/skus/0/member_price", "error"),
        ]),
        ({"price": "79.99", "cost": "80.00"}, [
            ("margin_below_target", "/skus/0/price", "error"),
            ("below_cost", "/skus/0/price", "error"),
        ]),
        ({"price": "0.00", "cost": "80.00"}, [("price_not_positive", "/skus/0/price", "error")]),
        ({"price": "100.00", "cost": None}, []),
        ({"price": None, "cost": "80.00", "discount_price": "1.00"}, []),
        ({"price": "100.00", "competitor_price": "100.00"}, []),
        ({"price": "100.01", "competitor_price": "100.00"}, [("above_competitor", "/skus/0/price", "warning")]),
    ],
)  # fmt: skip
def test_prices_are_judged(prices: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert problems(**prices) == expected


def test_a_waiver_excuses_margin_and_cost_and_nothing_else() -> None:
    assert problems(waived=True, price="79.99", cost="80.00", discount_price="90.00") == [
        ("above_price", "/skus/0/discount_price", "error"),
        ("margin_below_target", "/skus/0/price", "warning"),
        ("below_cost", "/skus/0/price", "warning"),
    ]


def test_a_target_of_zero_still_forbids_selling_below_cost() -> None:
    assert problems(target=0, price="80.00", cost="80.00") == []
    assert problems(target=0, price="80.00", cost="80.00", discount_price="79.99") == [
        ("below_cost", "/skus/0/discount_price", "error")
    ]
