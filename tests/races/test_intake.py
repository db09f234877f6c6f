"""Many buyers at once: nothing is sold twice, nothing is taken in twice, nobody waits for ever.

Each race also runs on a server whose lock, guard or constraint is taken away, and must fail there.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from catalog.models import Reservation
from catalog.queries.invariants import unbalanced
from orders.models import Order
from tests.builders import a_client, a_shop, a_sku, an_order_body, stock_of
from tests.kit.servers import web
from tests.kit.storm import outcomes, storm

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]

BUYERS, UNITS, TWINS = 200, 10, 40
SOLD = Counter({(201, ""): UNITS, (409, "insufficient_stock"): BUYERS - UNITS})


@contextmanager
def without(table: str, constraint: str) -> Iterator[None]:
    """The table without one of its constraints, which is put back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint])
        definition = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE catalog_reservation, catalog_stockitem, orders_order, doors_idempotencyrecord CASCADE")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")


def sell(url: str) -> Counter[tuple[int, str]]:
    key = a_client()
    return outcomes(storm(url, key, [an_order_body(quantity=1, placed_at=recent()) for _ in range(BUYERS)]))


def recent() -> str:
    from opsdesk.common import clock

    return clock.now().isoformat(timespec="seconds")


@pytest.mark.sop("O2")
def test_ten_pieces_are_sold_to_ten_of_two_hundred_buyers(log: Path) -> None:
    sku = a_sku(a_shop(), on_hand=UNITS)

    with web(log) as url:
        assert sell(url) == SOLD

    assert stock_of(sku) == (UNITS, UNITS)
    assert Order.objects.count() == Reservation.objects.count() == UNITS
    assert not unbalanced().exists()


def test_without_lock_and_guard_the_same_pieces_are_sold_again(log: Path) -> None:
    a_sku(a_shop(), on_hand=UNITS)

    with without("catalog_stockitem", "stock_reserved_within"), web(log, app="tests.kit.without_locks") as url:
        assert sell(url)[201, ""] > UNITS


def test_one_key_makes_one_order_however_often_it_comes(log: Path) -> None:
    sku = a_sku(a_shop(), on_hand=1000)
    body = an_order_body(quantity=1, placed_at=recent())

    with web(log) as url:
        answers = storm(url, a_client(), [body] * 100, idempotency_key="the-key")

    assert set(outcomes(answers)) <= {(201, ""), (409, "request_in_progress")}
    assert len({one.text for one in answers if one.status_code == 201}) == 1
    assert sum(one.headers.get("Idempotent-Replayed") == "true" for one in answers) == outcomes(answers)[201, ""] - 1
    assert (Order.objects.count(), stock_of(sku)) == (1, (1000, 1))


def test_without_taking_the_key_first_there_are_several_orders(log: Path) -> None:
    a_sku(a_shop(), on_hand=1000)
    body = an_order_body(quantity=1, placed_at=recent())

    with without("orders_order", "order_once_a_shop"), web(log, app="tests.kit.without_keys") as url:
        storm(url, a_client(), [body] * 100, idempotency_key="the-key")
        assert Order.objects.count() > 1


def two_ways(url: str) -> Counter[tuple[int, str]]:
    lines = [{"sku": code, "quantity": 1, "unit_price": "99.00"} for code in ("A", "B")]
    bodies = [an_order_body(lines=lines[:: -1 if number % 2 else 1], placed_at=recent()) for number in range(TWINS)]
    return outcomes(storm(url, a_client(), bodies))


@pytest.fixture
def goods() -> None:
    shop = a_shop()
    for code in ("A", "B"):
        a_sku(shop, code=code, on_hand=1000)


def test_orders_of_the_same_goods_in_another_order_never_block_each_other(goods: None, log: Path) -> None:
    with web(log) as url:
        assert two_ways(url) == Counter({(201, ""): TWINS})

    assert Order.objects.count() == TWINS


def test_without_the_order_of_locks_some_are_lost(goods: None, log: Path) -> None:
    with web(log, app="tests.kit.without_order") as url:
        assert two_ways(url)[201, ""] < TWINS
