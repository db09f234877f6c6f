"""The database and the rule agree on what is clean; a customer's earlier orders are counted."""

from typing import Any

import pytest

from opsdesk.common.actors import SYSTEM
from orders.models import Order
from orders.queries.rounds import clean, earlier_orders
from orders.services.changes import cancel_order
from orders.services.rounds.rounds import clean_ids
from tests.builders import NOW, a_shop, a_sku, an_order

BUYER = {"external_id": "b-regular", "name": "", "phone": None, "email": None}


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


def test_the_database_and_the_rule_agree_on_what_is_clean(sku: Any) -> None:
    good = an_order()
    an_order(payment={"status": "unpaid"})
    an_order(lines=[{"sku": "TS-RED-M", "quantity": 1, "unit_price": "1.00", "discount": "0.00"}])

    assert set(clean(Order.objects.all())) == {good}
    assert clean_ids(list(Order.objects.all())) == {good.pk}


def test_earlier_orders_are_the_customers_own_that_were_not_cancelled(sku: Any) -> None:
    first, cancelled, other = an_order(customer=BUYER), an_order(customer=BUYER), an_order(customer=None)
    last = an_order(customer=BUYER)
    cancel_order(order_id=cancelled.pk, reason="x", actor=SYSTEM, now=NOW)

    assert earlier_orders([first, other, last]) == {first.pk: 0, other.pk: 0, last.pk: 1}
