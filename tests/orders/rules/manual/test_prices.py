"""Prices that were entered by hand, and goods that are sent again."""

from decimal import Decimal

import pytest

from orders.rules.manual.prices import Asked, asked_sum, differing, needs_second_person, quoted_sum
from orders.rules.manual.resending import Sent, money_left, refusals


def line(asked: str, quantity: int = 1) -> Asked:
    return Asked("A", quantity, Decimal("100.00"), Decimal(asked))


@pytest.mark.parametrize(
    ("asked", "percent", "second"),
    [
        ("100.00", 0, False),
        ("99.99", 0, True),
        ("90.00", 10, False),
        ("89.99", 10, True),
        ("110.00", 10, False),
        ("110.01", 10, True),
        ("0.00", 100, False),
    ],
)
def test_far_off_is_for_a_second_person(asked: str, percent: int, second: bool) -> None:
    assert needs_second_person([line("100.00"), line(asked)], percent=percent) is second


def test_sums_and_differences() -> None:
    lines = [line("100.00", 2), line("80.00", 3)]

    assert (quoted_sum(lines), asked_sum(lines)) == (Decimal("500.00"), Decimal("440.00"))
    assert differing(lines) == [lines[1]]


def test_one_piece_is_made_good_once() -> None:
    sent = Sent(7, shipped=5, returned=2, resent=1)

    assert sent.left == 2
    assert refusals({7: 2}, [sent]) == []
    assert [(issue.pointer, issue.code, issue.params) for issue in refusals({7: 3}, [sent])] == [
        ("/quantity_7", "too_many", {"left": 2})
    ]
    assert Sent(7, 1, 2, 0).left == 0


@pytest.mark.parametrize(("resent", "left"), [("0.00", "60.00"), ("60.00", "0.00"), ("90.00", "0.00")])
def test_money_that_is_left(resent: str, left: str) -> None:
    found = money_left(paid=Decimal(100), refunded=Decimal(30), owed=Decimal(10), resent=Decimal(resent))

    assert found == Decimal(left)
