"""Two packers hand over the last piece of an order at the same moment: one parcel holds it, the other hand-over is refused."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from orders.models import Order, ShipmentLine
from orders.services import steps
from tests.builders import a_client, a_packed_order, a_shop, a_sku, a_tracking_no, stock_of
from tests.kit.http import Api

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
SKU = "TS-RED-M"
PAUSE = 0.2  # seconds between looking and writing: wide enough for a rival


@pytest.fixture
def sku() -> Any:
    return a_sku(a_shop(), on_hand=100)


@contextmanager
def without_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Orders are read, not locked."""

    def look(queryset: Any, **_: Any) -> list[Any]:
        found = list(queryset.order_by("pk"))
        time.sleep(PAUSE)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(steps, "lock_many", look)
        yield


def ship_both(order: Order, key: str) -> list[tuple[int, str]]:
    """Hand the same piece over from two threads at once; the status and the code of each answer."""
    gate = Barrier(2)

    def ship(number: str) -> tuple[int, str]:
        try:
            api = Api(key)
            gate.wait(10)
            parcel = {"carrier": "sf", "tracking_no": number, "lines": [{"sku": SKU, "quantity": 1}]}
            response = api.post(f"orders/{order.public_id}/ship/", {"parcels": [parcel]})
            return response.status_code, json.loads(response.content).get("code", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(ship, [a_tracking_no(), a_tracking_no()]))


def an_order_with_one_piece_left(key: str) -> Order:
    """Beside it others keep pieces reserved, so that the balance alone would not notice."""
    a_packed_order(quantity=5)
    order = a_packed_order(quantity=2)
    first = {"carrier": "sf", "tracking_no": a_tracking_no(), "lines": [{"sku": SKU, "quantity": 1}]}
    assert Api(key).post(f"orders/{order.public_id}/ship/", {"parcels": [first]}).status_code == 200
    return order


def pieces_of(order: Order) -> int:
    return ShipmentLine.objects.filter(order_line__order=order).aggregate(n=Sum("quantity"))["n"] or 0


@pytest.mark.sop("O12")
def test_the_last_piece_leaves_once(sku: Any) -> None:
    key = a_client()
    order = an_order_with_one_piece_left(key)

    answers = ship_both(order, key)

    assert answers == [(200, ""), (409, "invalid_transition")]
    assert (pieces_of(order), stock_of(sku)) == (2, (98, 5))


def test_without_the_lock_it_would_leave_twice(sku: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the lock on the order that decides."""
    key = a_client()
    order = an_order_with_one_piece_left(key)

    with without_lock(monkeypatch):
        answers = ship_both(order, key)

    assert (answers, pieces_of(order)) == ([(200, ""), (200, "")], 3)
