"""A delivery is posted once, however often the button is pressed at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import requests
from django.db import connection

from catalog.models import GoodsReceipt, StockLot, StockMovement
from catalog.queries.invariants import unbalanced
from catalog.services.inbound.receipts import Scan
from opsdesk.accounts.roles import Role
from tests.builders import a_receipt, a_shop, a_sku, a_user, stock_of
from tests.kit.servers import web

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]

CLICKS, PIECES = 6, 7


@contextmanager
def without_unique_keys() -> Iterator[None]:
    """The ledger without its unique key, which is put back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'catalog_stockmovement'::regclass AND contype = 'u'"
        )
        [(name, definition)] = cursor.fetchall()
        cursor.execute(f"ALTER TABLE catalog_stockmovement DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE catalog_stockmovement")
            cursor.execute(f"ALTER TABLE catalog_stockmovement ADD CONSTRAINT {name} {definition}")


def session_of(url: str) -> dict[str, str]:
    """The cookies of a signed-in warehouse keeper."""
    from django.test import Client

    client = Client()
    client.force_login(a_user(Role.WAREHOUSE))
    client.get("/admin/login/")
    token = requests.get(f"{url}/admin/login/", timeout=30).cookies["csrftoken"]
    return {"sessionid": client.cookies["sessionid"].value, "csrftoken": token}


def press(url: str, receipt: GoodsReceipt) -> list[int]:
    """Press “Post to stock” many times at once."""
    cookies, start = session_of(url), Barrier(CLICKS)
    address = f"{url}/admin/catalog/goodsreceipt/{receipt.pk}/do/post/"

    def one(_: int) -> int:
        start.wait()
        data = {"csrfmiddlewaretoken": cookies["csrftoken"]}
        headers = {"Referer": address}
        answer = requests.post(address, data, cookies=cookies, headers=headers, allow_redirects=False, timeout=60)
        return answer.status_code

    with ThreadPoolExecutor(CLICKS) as pool:
        return sorted(pool.map(one, range(CLICKS)))


@pytest.fixture
def receipt() -> Any:
    sku = a_sku(a_shop())
    return a_receipt(None, Scan(sku.code, PIECES))


def test_a_delivery_comes_in_once(receipt: GoodsReceipt, log: Path) -> None:
    with web(log) as url:
        assert press(url, receipt) == [302] + [422] * (CLICKS - 1)

    sku = receipt.lines.get().sku
    assert (stock_of(sku), StockMovement.objects.count(), StockLot.objects.count()) == ((PIECES, 0), 1, 1)
    assert not unbalanced().exists()


def test_without_lock_and_key_it_comes_in_again(receipt: GoodsReceipt, log: Path) -> None:
    with without_unique_keys(), web(log, app="tests.kit.careless_posting") as url:
        press(url, receipt)
        assert StockMovement.objects.count() > 1
