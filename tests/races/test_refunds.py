"""Fifty refunds of one order at the same moment: never more than was paid; without the row lock the database refuses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from opsdesk.common.actors import SYSTEM
from orders.enums.finance import RefundSource
from orders.errors import RefundExceedsPaid
from orders.models import Order, Refund
from orders.services import steps
from orders.services.finance.refunds import Claim, owe
from tests.builders import NOW, a_shop, a_sku, an_order

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
CLAIMS = 50
AMOUNT = Decimal("20.00")  # of 198.00: nine fit


@pytest.fixture
def order() -> Order:
    a_sku(a_shop(), on_hand=20)
    return an_order()


def locked(order: Order) -> Order:
    return steps.lock_orders([order.pk], SYSTEM)[0]


def unlocked(order: Order) -> Order:
    return Order.objects.select_related("shop").get(pk=order.pk)


def claim_all(order: Order, find: Callable[[Order], Order], together: int) -> list[str]:
    """Claim from many threads at once; what became of each."""
    gate = Barrier(together)

    def claim(number: int) -> str:
        try:
            gate.wait(20)
            with transaction.atomic():
                found = find(order)
                owe(found, Claim(AMOUNT, RefundSource.RETURN, f"race:{number}"), actor=SYSTEM, now=NOW)
        except (RefundExceedsPaid, IntegrityError) as refusal:
            return type(refusal).__name__
        else:
            return "owed"
        finally:
            connection.close()

    with ThreadPoolExecutor(together) as pool:
        return sorted(pool.map(claim, range(together)))


def test_fifty_refunds_never_exceed_what_was_paid(order: Order) -> None:
    found = claim_all(order, locked, CLAIMS)

    order.refresh_from_db()
    assert (found.count("owed"), found.count("RefundExceedsPaid")) == (9, 41)
    assert (order.owed_amount, Refund.objects.count()) == (Decimal("180.00"), 9)


def test_without_the_lock_the_sums_go_wrong(order: Order) -> None:
    """The negative control: the race is real, it is the lock that decides it."""
    for _ in range(5):
        Refund.objects.all().delete()
        Order.objects.filter(pk=order.pk).update(owed_amount=0)
        claim_all(order, unlocked, 20)
        order.refresh_from_db()
        if order.owed_amount != Refund.objects.count() * AMOUNT:
            return
    pytest.fail("unlocked refunds never collided")
