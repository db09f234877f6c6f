"""What parcels weigh and cost."""

from decimal import Decimal

import pytest

from orders.rules.carriers.loads import Goods, Load, Tariff, load_of, price, tariff_for

SOUTH = Tariff("华南", frozenset({"广东", "广西"}), 1000, Decimal("8.00"), 500, Decimal("2.00"))
REST = Tariff("其他", frozenset(), 1000, Decimal("12.00"), 1000, Decimal("5.00"))


def test_a_parcel_weighs_its_pieces_and_its_packaging() -> None:
    goods = [Goods("A", 2, 300, fragile=True), Goods("B", 1, 50, do_not_bend=True)]
    assert load_of(goods, packaging=100) == Load(750, fragile=True, do_not_bend=True)
    assert load_of([], packaging=100) == Load(100)


def test_one_unweighed_sku_makes_the_weight_unknown() -> None:
    goods = [Goods("A", 1, 300), Goods("B", 1, None), Goods("C", 1, None), Goods("B", 2, None)]
    assert load_of(goods, packaging=100) == Load(None, unweighed=("B", "C"))


@pytest.mark.parametrize(
    ("grams", "expected"), [(1, "8.00"), (1000, "8.00"), (1001, "10.00"), (1500, "10.00"), (1501, "12.00"), (3000, "16.00")]
)
def test_every_step_that_is_begun_is_paid(grams: int, expected: str) -> None:
    assert price(SOUTH, grams) == Decimal(expected)


def test_a_named_province_has_its_own_tariff() -> None:
    assert tariff_for([REST, SOUTH], "广东") == SOUTH
    assert tariff_for([SOUTH, REST], "西藏") == REST
    assert tariff_for([SOUTH], "西藏") is None
