"""Amounts add up to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.common.money import split, to_cents

AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=2)


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.004", "0.00"), ("1.015", "1.02"), ("-0.005", "-0.01")])
def test_half_a_cent_is_rounded_away_from_zero(amount: str, rounded: str) -> None:
    assert to_cents(Decimal(amount)) == Decimal(rounded)


def test_the_rounding_difference_goes_to_the_heaviest_part() -> None:
    assert split(Decimal("10.00"), [Decimal(1), Decimal(2), Decimal(3)]) == [Decimal("1.67"), Decimal("3.33"), Decimal("5.00")]


def test_without_weights_the_first_part_takes_it_all() -> None:
    assert split(Decimal("5.00"), [Decimal(0), Decimal(0)]) == [Decimal("5.00"), Decimal("0.00")]
    assert split(Decimal("5.00"), []) == []


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=20))
def test_the_parts_always_add_up(amount: Decimal, weights: list[Decimal]) -> None:
    assert sum(split(amount, weights), Decimal(0)) == amount
