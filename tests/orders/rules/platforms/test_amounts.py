"""Amounts spread over lines add up to the cent, whatever they are."""

from decimal import Decimal
from random import Random

import pytest

from opsdesk.common.errors import Invalid
from orders.rules.platforms.amounts import Priced, from_total, settle, spread

CENTS = Decimal("0.01")


def yuan(cents: int) -> Decimal:
    return cents * CENTS


@pytest.mark.parametrize("seed", range(300))
def test_shares_add_up_and_are_never_more_than_their_weight(seed: int) -> None:
    chance = Random(seed)
    weights = [yuan(chance.choice([0, 1, 2, chance.randint(0, 100_000)])) for _ in range(chance.randint(1, 30))]
    whole = sum(weights, Decimal("0.00"))
    amount = yuan(chance.randint(0, int(whole * 100)))

    shares = spread(amount, weights)

    assert sum(shares) == amount
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))


@pytest.mark.parametrize("seed", range(200))
def test_an_order_costs_what_was_paid(seed: int) -> None:
    chance = Random(seed)
    lines = [
        from_total(yuan(chance.randint(0, 99_999)), chance.randint(1, 7))
        if chance.random() < 0.5
        else Priced(yuan(chance.randint(0, 9_999)), chance.randint(1, 9))
        for _ in range(chance.randint(1, 8))
    ]
    goods, freight = sum(line.total for line in lines), yuan(chance.randint(0, 2_000))
    payable = yuan(chance.randint(int(freight * 100), int((goods + freight) * 100)))

    settled = settle(lines, freight=freight, payable=payable)

    assert sum(line.unit_price * line.quantity - line.discount for line in settled) + freight == payable
    assert all(0 <= line.discount <= line.unit_price * line.quantity for line in settled)
    assert [(line.unit_price, line.quantity) for line in settled] == [(line.unit_price, line.quantity) for line in lines]


def test_cents_go_where_most_was_cut_off() -> None:
    assert spread(yuan(100), [yuan(100), yuan(100), yuan(100)]) == [yuan(34), yuan(33), yuan(33)]
    assert spread(yuan(2), [yuan(1), yuan(1), yuan(0)]) == [yuan(1), yuan(1), yuan(0)]
    assert spread(yuan(0), [yuan(0)]) == [yuan(0)]


def test_a_total_that_cannot_be_divided_keeps_its_sum() -> None:
    line = from_total(yuan(1000), 3)
    assert (line.unit_price, line.discount, line.total) == (Decimal("3.34"), Decimal("0.02"), Decimal("10.00"))


@pytest.mark.parametrize("payable", ["110.01", "9.99"])
def test_what_does_not_add_up_is_refused(payable: str) -> None:
    with pytest.raises(Invalid, match="goods come to"):
        settle([Priced(Decimal("50.00"), 2)], freight=Decimal("10.00"), payable=Decimal(payable))
