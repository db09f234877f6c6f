"""Two packers ship two orders under one tracking number at the same moment: one parcel, one refusal.."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from orders.models import Order, Shipment
from tests.builders import a_client, a_packed_order, a_shop, a_sku, stock_of
from tests.kit.http import Api

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
NUMBER = "SF000000000001"
CONSTRAINT = "shipment_number_in_use_once"
REPEATS = 5


@pytest.fixture
def sku() -> Any:
    return a_sku(a_shop(), on_hand=100)


@contextmanager
def without_constraint() -> Iterator[None]:
    """The database for once does not watch over the numbers; the constraint comes back with the test's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [CONSTRAINT])
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {CONSTRAINT}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM orders_trackingevent; DELETE FROM orders_shipmentline; DELETE FROM orders_parcelcarriage"
            )
            cursor.execute("DELETE FROM orders_shipment_orders; DELETE FROM orders_shipment")
            cursor.execute(definition)


def ship_both(key: str) -> list[tuple[int, str]]:
    """Ship two packed orders under one number from two threads at once; the status and the code of each answer."""
    orders = [a_packed_order(quantity=1) for _ in range(2)]
    gate = Barrier(2)

    def ship(order: Order) -> tuple[int, str]:
        try:
            api = Api(key)
            gate.wait(10)
            body = {"parcels": [{"carrier": "sf", "tracking_no": NUMBER}]}
            response = api.post(f"orders/{order.public_id}/ship/", body)
            return response.status_code, json.loads(response.content).get("code", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(ship, orders))


@pytest.mark.sop("O12")
def test_one_of_two_gets_the_number(sku: Any) -> None:
    key = a_client()
    for round_ in range(REPEATS):
        assert ship_both(key) == [(200, ""), (409, "tracking_in_use")]
        assert Shipment.objects.exclude(state="voided").count() == 1
        assert (Order.objects.filter(status="shipped").count(), stock_of(sku)[0]) == (round_ + 1, 99 - round_)
        Shipment.objects.update(state="voided")


def test_without_the_constraint_both_would_get_it(sku: Any) -> None:
    """The negative control: it is the constraint that decides."""
    with without_constraint():
        assert ship_both(a_client()) == [(200, ""), (200, "")]
        assert Shipment.objects.filter(tracking_no=NUMBER).count() == 2
