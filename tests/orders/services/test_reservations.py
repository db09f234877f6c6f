"""Reservations that run out, and orders that wait for stock."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Reservation
from opsdesk.audit.models import AuditEntry
from opsdesk.duties.services import run_at
from opsdesk.shops.models import Shop
from opsdesk.webhooks.models import Event
from orders.models import Order, OrderHold
from tests.builders import NOW, a_shop, a_sku, an_order, stock_of, stock_up

DAY = timedelta(hours=24)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def sku(db: None) -> Any:
    shop = a_shop()
    Shop.objects.filter(pk=shop.pk).update(short_stock_policy="hold")
    return a_sku(shop, on_hand=10)


def expire(at: Any) -> int:
    return run_at(name="orders.expire_reservations", now=at)


def fill(at: Any = NOW) -> int:
    return run_at(name="orders.fill_stock_holds", now=at)


def open_holds(order: Order) -> list[str]:
    return list(OrderHold.objects.filter(order=order, released_at=None).order_by("id").values_list("code", flat=True))


def test_an_unpaid_order_loses_its_pieces_after_a_day_and_is_held(sku: Any) -> None:
    order = an_order(quantity=4, payment={"status": "unpaid"})

    assert expire(NOW + DAY) == 0
    assert stock_of(sku) == (10, 4)
    assert [expire(NOW + DAY + MOMENT), expire(NOW + DAY + MOMENT)] == [1, 0]
    assert stock_of(sku) == (10, 0)
    assert open_holds(order) == ["awaiting_payment", "stock"]
    assert Event.objects.filter(subject_id=order.public_id).latest("id").type == "order.held"
    assert AuditEntry.objects.filter(subject_id=order.public_id).latest("id").action == "orders.reservation_expired"


def test_an_order_that_was_paid_in_time_keeps_its_pieces(sku: Any) -> None:
    order = an_order(quantity=4, payment={"status": "unpaid"})
    Order.objects.filter(pk=order.pk).update(payment_status="paid")

    assert expire(NOW + DAY + MOMENT) == 0
    assert stock_of(sku) == (10, 4)
    assert Reservation.objects.get().expires_at is None


def test_waiting_orders_are_served_first_come_first_served(sku: Any) -> None:
    orders = [an_order(quantity=11) for _ in range(2)]
    assert [open_holds(order) for order in orders] == [["stock"], ["stock"]]
    assert fill() == 0

    stock_up(sku, 5)
    assert [fill(), fill()] == [1, 0]

    assert [open_holds(order) for order in orders] == [[], ["stock"]]
    assert stock_of(sku) == (15, 11)
    assert Event.objects.filter(subject_id=orders[0].public_id).latest("id").type == "order.released"


def test_unpaid_orders_wait_until_they_are_paid(sku: Any) -> None:
    order = an_order(quantity=4, payment={"status": "unpaid"})
    expire(NOW + DAY + MOMENT)

    assert fill() == 0
    Order.objects.filter(pk=order.pk).update(payment_status="paid")
    assert fill() == 1
    assert open_holds(order) == ["awaiting_payment"]
    assert stock_of(sku) == (10, 4)


def test_a_hold_that_a_person_set_on_a_served_order_stays(sku: Any) -> None:
    order = an_order(quantity=4)
    OrderHold.objects.create(order=order, code="stock", opened_at=NOW, opened_by="somebody")

    assert fill() == 0
    assert stock_of(sku) == (10, 4)
    assert open_holds(order) == ["stock"]
