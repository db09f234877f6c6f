"""What a settlement is made of."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from orders.enums.finance import RefundSource
from orders.models import SettlementBatch, SettlementRow
from tests.builders import NOW, a_shop, a_sku
from tests.builders.finance import TODAY, a_batch, a_cancelled_and_refunded_order, a_completed_order, a_paid_refund

SUMS = ("goods", "shop_discount", "freight", "prepaid", "refunds", "compensation", "amount")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


def sums(batch: SettlementBatch) -> dict[str, str]:
    batch.refresh_from_db()
    return {name: f"{getattr(batch, name):.2f}" for name in SUMS if getattr(batch, name)}


def test_a_settlement_adds_up_orders_and_refunds(sku: Any) -> None:
    lines = [{"sku": "TS-RED-M", "quantity": 2, "unit_price": "99.00", "discount": "18.00"}]
    order = a_completed_order(lines=lines, freight="10.00")
    a_paid_refund(order, "5.00")
    a_paid_refund(order, "20.00", RefundSource.CORRECTION)
    a_cancelled_and_refunded_order()

    batch = a_batch()

    assert sums(batch) == {
        "goods": "198.00",
        "shop_discount": "18.00",
        "freight": "10.00",
        "prepaid": "198.00",
        "refunds": "218.00",
        "compensation": "5.00",
        "amount": "165.00",
    }
    rows = SettlementRow.objects.order_by("id").values_list("kind", "amount")
    assert list(rows) == [
        ("sale", Decimal("190.00")),
        ("compensation", Decimal("-5.00")),
        ("refund", Decimal("-20.00")),
        ("refund", Decimal("0.00")),
    ]
    assert (batch.number, batch.starts_on, batch.ends_on, batch.state) == ("ST-tmall-01-20260611", TODAY, TODAY, "open")


def test_each_thing_is_settled_in_exactly_one_settlement(sku: Any) -> None:
    first = a_completed_order()
    one = a_batch()
    a_paid_refund(first, "8.00", now=NOW + timedelta(days=1))
    a_completed_order(now=NOW + timedelta(days=1))

    two = a_batch(ends_on=TODAY + timedelta(days=1))

    assert sums(one) == {"goods": "198.00", "amount": "198.00"}
    assert sums(two) == {"goods": "198.00", "compensation": "8.00", "amount": "190.00"}
    assert two.starts_on == TODAY + timedelta(days=1)
