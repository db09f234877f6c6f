"""python -m benchmarks: order intake, single and in bulk, against raw SQL, on a scratch database.

python -m benchmarks lists [SKUs]: how much longer lists take with so many SKUs (300,000) than with 10,000.
python -m benchmarks orders [orders]: the same with orders and their parcels.
python -m benchmarks clocks [clocks]: the minute sweep with so many open clocks (100,000) and with 1,000.

Needs DATABASE_OWNER_URL or DATABASE_URL of a role that may create databases; `./up manage` style environments have both.
"""

import json
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SINGLE, BULK, WARM_UP = 300, 500, 20
NAME = f"bench_{uuid.uuid4().hex[:8]}"
ROOT = Path(__file__).resolve().parents[1]
OWNER = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or sys.exit("DATABASE_URL is not set")
SCRATCH = urlunsplit(urlsplit(OWNER)._replace(path=f"/{NAME}"))
os.environ |= {"DATABASE_URL": SCRATCH, "DJANGO_SETTINGS_MODULE": "opsdesk.settings.test"}
os.environ.setdefault("OPSDESK_SECRET_KEY", "x" * 50)

import django  # noqa: E402 - the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from benchmarks import lists, open_clocks, raw  # noqa: E402
from benchmarks.goods import Goods  # noqa: E402
from benchmarks.order_book import OrderBook  # noqa: E402
from catalog.models import StockItem  # noqa: E402
from opsdesk.accounts.services import sync_roles  # noqa: E402
from opsdesk.common import clock  # noqa: E402
from tests.builders import a_client, a_shop, a_sku, an_order_body  # noqa: E402
from tests.kit.servers import web  # noqa: E402


def body() -> dict[str, object]:
    return an_order_body(quantity=1, placed_at=clock.now().isoformat(timespec="seconds"))


def bulk(count: int) -> dict[str, object]:
    return {"policy": "ignore_failed", "items": [body() for _ in range(count)]}


def headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}


def post(http: HTTPConnection, path: str, content: bytes, key: str) -> None:
    http.request("POST", f"/api/v1/{path}", content, headers(key))
    answer = http.getresponse()
    text = answer.read()
    assert answer.status in (200, 201), text[:500]


def rate(orders: int, works: Iterable[Callable[[], object]]) -> float:
    """Orders a second."""
    start = time.perf_counter()
    for work in works:
        work()
    return orders / (time.perf_counter() - start)


def statements(path: str, contents: Sequence[object], key: str) -> int:
    """How many SQL statements the last of these calls costs; the others warm the caches up."""
    client = Client(SERVER_NAME="localhost")
    with override_settings(DEBUG=True):
        for content in contents:
            reset_queries()
            answer = client.post(f"/api/v1/{path}", json.dumps(content), content_type="application/json", headers=headers(key))
            assert answer.status_code in (200, 201), answer.content[:500]
    return sum(query["sql"] not in ("BEGIN", "COMMIT") for query in connection.queries)


def measure() -> None:
    sync_roles()
    sku = a_sku(a_shop(), on_hand=1_000_000)
    item, key = StockItem.objects.get(), a_client()
    shop = sku.product.offers.get().shop_id
    place = {"shop": shop, "sku": sku.pk, "warehouse": item.warehouse_id}
    with closing(raw.connect(SCRATCH)) as by_hand, web(Path(f"/tmp/{NAME}.log"), workers=1) as url:  # noqa: S108
        http = HTTPConnection(urlsplit(url).netloc, timeout=60)
        singles = [json.dumps(body()).encode() for _ in range(SINGLE + WARM_UP)]
        for content in singles[SINGLE:]:
            post(http, "orders/", content, key)
        ours = rate(SINGLE, [partial(post, http, "orders/", content, key) for content in singles[:SINGLE]])
        plain = rate(SINGLE, [partial(raw.write_orders, by_hand, **place, start=n, count=1) for n in range(SINGLE)])
        show("single", ours, plain, statements("orders/", [body(), body()], key))
        batch = json.dumps(bulk(BULK)).encode()
        ours = rate(BULK, [partial(post, http, "bulk/orders/", batch, key)])
        plain = rate(BULK, [partial(raw.write_orders, by_hand, **place, start=10_000, count=BULK)])
        show(f"bulk of {BULK}", ours, plain, statements("bulk/orders/", [bulk(2), bulk(BULK)], key))


def show(name: str, ours: float, plain: float, cost: int) -> None:
    print(f"{name:12} {ours:8.0f} orders/s   raw SQL {plain:8.0f}   ratio {ours / plain:5.3f}   {cost} statements a call")


def main() -> None:
    admin = raw.connect(OWNER)
    admin.autocommit = True
    cursor = admin.cursor()
    cursor.execute(f"CREATE DATABASE {NAME}")
    try:
        call_command("migrate", verbosity=0)
        size = int((sys.argv[2:] or ["100000" if sys.argv[1:2] == ["clocks"] else "300000"])[0])
        if sys.argv[1:2] == ["lists"]:
            lists.measure(Goods(), size)
        elif sys.argv[1:2] == ["orders"]:
            lists.measure(OrderBook(), size)
        elif sys.argv[1:2] == ["clocks"]:
            open_clocks.measure(size)
        else:
            measure()
    finally:
        connection.close()
        cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


if __name__ == "__main__":
    main()
