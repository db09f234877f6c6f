"""What can come back, until when, and what it is worth."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.returns.claims import arrival, left_to_return, may_go_to, too_late, verdict, worth
from tests.builders import NOW

DAYS = timedelta(days=7)


@pytest.mark.parametrize(
    ("bought", "discount", "quantity", "expected"),
    [(2, "0", 1, "99.00"), (2, "10", 1, "94.00"), (3, "10", 1, "95.67"), (3, "10", 3, "287.00"), (3, "297", 2, "0.00")],
)
def test_a_piece_is_worth_its_share_of_what_was_paid(bought: int, discount: str, quantity: int, expected: str) -> None:
    found = worth(unit_price=Decimal("99.00"), bought=bought, discount=Decimal(discount), quantity=quantity)
    assert found == Decimal(expected)


@given(price=st.decimals(0, 9999, places=2), bought=st.integers(1, 99), share=st.integers(0, 100), quantity=st.integers(0, 99))
def test_no_return_is_worth_more_than_its_line(price: Decimal, bought: int, share: int, quantity: int) -> None:
    discount = (price * bought * share / 100).quantize(Decimal("0.01"))
    line = price * bought - discount
    found = worth(unit_price=price, bought=bought, discount=discount, quantity=min(quantity, bought))
    assert 0 <= found <= line + Decimal("0.00")


def test_what_is_left_is_never_negative() -> None:
    assert [left_to_return(shipped=2, returned=back) for back in (0, 1, 2, 3)] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("delivered", "handed_over", "expected"),
    [(NOW, NOW - DAYS, NOW), (None, NOW, NOW + timedelta(days=3)), (None, None, None)],
)
def test_goods_arrive_when_reported_or_are_taken_to_have(
    delivered: datetime | None, handed_over: datetime | None, expected: datetime | None
) -> None:
    assert arrival(delivered_at=delivered, handed_over_at=handed_over, allowance=timedelta(days=3)) == expected


@pytest.mark.parametrize(
    ("reasons", "arrived_at", "after", "expected"),
    [
        (["no_reason"], NOW, DAYS, False),
        (["quality", "no_reason"], NOW, DAYS + timedelta(seconds=1), True),
        (["quality"], NOW, 9 * DAYS, False),
        (["no_reason"], None, 9 * DAYS, False),
    ],
)
def test_without_a_reason_goods_come_back_for_seven_days(
    reasons: list[str], arrived_at: datetime | None, after: timedelta, expected: bool
) -> None:
    assert too_late(reasons=reasons, arrived_at=arrived_at, now=NOW + after, time=DAYS) is expected


def test_an_inspection_has_a_name() -> None:
    assert [verdict(quantity=2, accepted=found) for found in (2, 1, 0)] == ["accepted", "partial", "rejected"]


@pytest.mark.parametrize(
    ("accepted", "disposition", "may"),
    [(1, "restock", True), (0, "scrap", True), (0, "customer", True), (1, "customer", False), (0, "attic", False)],
)
def test_only_what_is_not_accepted_goes_back_to_the_customer(accepted: int, disposition: str, may: bool) -> None:
    assert may_go_to(accepted=accepted, disposition=disposition) is may
