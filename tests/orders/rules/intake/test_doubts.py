"""What makes an order doubtful."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from orders.rules.intake.doubts import Past, Thresholds, reasons
from orders.rules.intake.draft import DraftLine, DraftPayment, OrderDraft

LIMITS = Thresholds(timedelta(hours=1), 5, 10, timedelta(hours=2), 50, 500, 3)
LISTED = {"A": [Decimal("100.00"), Decimal("80.00")]}
PLACED = datetime(2026, 6, 11, tzinfo=UTC)


def draft(price: str = "100.00", *, quantity: int = 1, discount: str = "0.00") -> OrderDraft:
    line = DraftLine("A", quantity, Decimal(price), Decimal(discount))
    return OrderDraft("s", "1", PLACED, "CNY", DraftPayment("paid"), [line], line.total)


def found(order: OrderDraft, past: Past | None = None, listed: Any = None) -> list[Any]:
    return reasons(order, past or Past(), catalog_prices=LISTED if listed is None else listed, limits=LIMITS)


@pytest.mark.parametrize(
    ("price", "discount", "odd"),
    [
        ("40.00", "0.00", False),
        ("39.99", "0.00", True),
        ("150.00", "0.00", False),
        ("150.01", "0.00", True),
        ("100.00", "120.02", True),
    ],
)
def test_a_price_far_from_the_listing_is_odd(price: str, discount: str, odd: bool) -> None:
    expected = [{"code": "odd_price", "skus": ["A"]}] if odd else []

    assert found(draft(price, quantity=2, discount=discount)) == expected


def test_without_a_listed_price_nothing_is_odd() -> None:
    assert found(draft("1.00"), listed={"A": []}) == []


@pytest.mark.parametrize(
    ("orders", "average", "code"),
    [(3, "20.00", None), (3, "19.99", "unusual_amount"), (2, "1.00", None)],
)
def test_an_amount_far_above_the_buyers_usual_is_doubtful(orders: int, average: str, code: str | None) -> None:
    answers = found(draft(), Past(orders=orders, average=Decimal(average)))

    assert [one["code"] for one in answers] == ([code] if code else [])


@pytest.mark.parametrize(
    ("past", "reason"),
    [
        (Past(phone=4), None),
        (Past(phone=5), {"code": "many_of_phone", "count": 6}),
        (Past(address=9), None),
        (Past(address=10), {"code": "many_of_address", "count": 11}),
        (Past(duplicate_of="2026"), {"code": "duplicate", "of": "2026"}),
    ],
)
def test_many_orders_and_the_same_again_are_doubtful(past: Past, reason: Any) -> None:
    assert found(draft(), past) == ([reason] if reason else [])
