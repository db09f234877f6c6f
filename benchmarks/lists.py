"""How much longer a list takes when there are many times as many SKUs: every page should cost the same."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.fill import CODES, Filling
from catalog.models import Sku
from opsdesk.common import clock
from tests.builders import a_client, a_user

SMALL, REPEATS, ENOUGH_S, SLOW_S = 10_000, 5, 5, 2
COMMON_TERM = {"q": "保温杯"}  # in every title
SEARCHES: dict[str, list[dict[str, str]]] = {
    "product": [
        {"q": "P-0004321"}, {"q": "S-0004321"}, {"q": "第0004321款"}, {"q": "特别"}, {"q": "特别款"}, {"q": "P-"}, COMMON_TERM,
        {"q": "保温"}, {"status": "live"}, {"status": "delisted"}, {"tag": "热卖"}, {"tag": "新品"},
    ],
    "listingrevision": [{"q": "第0004321款"}, COMMON_TERM],
    "pricedsku": [{"q": "S-0004321"}, {"q": "S-"}, {"is_listed__exact": "1"}, {"is_listed__exact": "0"}],
    "stockitem": [{"q": "S-0004321"}, {"q": "S-"}, {"warehouse__id__exact": "sz-01"}, {"warehouse__id__exact": "gz-01"}],
    "stockalert": [{"q": "S-0004321"}, {"q": "S-"}, {"status__exact": "open"}, {"status__exact": "resolved"}],
    "stockmovement": [
        {"q": "S-0004321"}, {"q": "R-4321"}, {"q": "S-"}, {"reason__exact": "damaged"}, {"reason__exact": "receipt"},
        {"warehouse__id__exact": "gz-01"},
    ],
}  # fmt: skip
RECENT, LONG_AGO = "1 minute", "1 year"  # the copies are as many seconds old as their number
ASKED: dict[str, list[dict[str, str]]] = {
    "products": [
        {}, {"status": "live"}, {"status": "delisted"}, {"status": "draft"}, {"category": "t-shirts"},
        {"category": "t-shirts-l1"}, {"category": CODES["category"]}, {"category": f"{CODES['category']}-l1"},
        {"tag": "热卖"}, {"tag": "新品"}, {"shop": "tmall-01"}, {"shop": CODES["shop"]}, {"shop": "nowhere"},
        {"updated_since": RECENT}, {"updated_since": LONG_AGO},
    ],
    "stock-levels": [
        {}, {"sku": "S-0004321"}, {"warehouse": "sz-01"}, {"warehouse": CODES["warehouse"]},
        {"updated_since": RECENT}, {"updated_since": LONG_AGO},
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """What one page costs: milliseconds and SQL statements."""

    ms: float
    statements: int
    ok: bool


def measure(top: int) -> None:
    """Fill, time, fill further, time again, and print both with their ratio."""
    filling = Filling()
    found = []
    for size in (SMALL, top):
        start = time.perf_counter()
        filling.grow(size)
        print(f"{size:,} SKUs filled in {time.perf_counter() - start:.0f} s", flush=True)
        pages = _pages(filling, size)
        found.append({name: _figure(name, get) for name, get in pages.items()})
    print(f"{'':58} {SMALL:>9,} {top:>11,}   ratio  SQL")
    for name, small in found[0].items():
        large = found[1][name]
        mark = "" if small.ok and large.ok and small.statements == large.statements else "  WRONG"
        cost = f"{small.ms:8.1f}  {large.ms:8.1f} ms  {large.ms / small.ms:6.2f}  {large.statements:3}"
        print(f"{name:58} {cost}{mark}")


def _pages(filling: Filling, size: int) -> dict[str, Callable[[], Any]]:
    """Every page that is timed, by its name."""
    staff = Client(SERVER_NAME="localhost", raise_request_exception=False, headers={"Accept-Language": "en"})
    staff.force_login(a_user(superuser=True))
    keys = {"all": a_client(), "one shop": a_client(shops=["tmall-01"])}
    houses = {"sz-01": filling.warehouse.pk, "gz-01": filling.rare["warehouse"]}
    pages = {}
    for model, searches in SEARCHES.items():
        url = reverse(f"admin:catalog_{model}_changelist")
        middle = Sku.objects.only("code").order_by("id")[size // 2]
        place = f'["{middle.code}"]' if model == "pricedsku" else f'["{size // 2}"]'
        for query in [{}, {"after": place}, *searches]:
            sent = {name: str(houses.get(text, text)) for name, text in query.items()}
            pages[f"{model} {'deep' if 'after' in query else _words(query)}"] = _getter(staff, f"{url}?{urlencode(sent)}")
    for who, key in keys.items():
        for path, queries in ASKED.items():
            for query in queries:
                sent = {name: _moment(text) if name == "updated_since" else text for name, text in query.items()}
                get = _getter(
                    Client(SERVER_NAME="localhost", raise_request_exception=False), f"/api/v1/{path}/?{urlencode(sent)}", key
                )
                pages[f"REST {path} {_words(query)} ({who})"] = get
    return pages


def _words(query: dict[str, str]) -> str:
    return " ".join(f"{name.partition('__')[0]}={text}" for name, text in query.items())


def _moment(ago: str) -> str:
    return (clock.now() - (timedelta(minutes=1) if ago == RECENT else timedelta(days=365))).isoformat()


def _getter(client: Client, url: str, key: str = "") -> Callable[[], Any]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return lambda: client.get(url, headers=headers)


def _figure(name: str, get: Callable[[], Any]) -> Figure:
    """The median of some repeats; of fewer where one takes long, and those are named at once."""
    start = time.perf_counter()
    get()
    if (first := time.perf_counter() - start) > SLOW_S:
        print(f"{name}: {first:.1f} s", flush=True)
    statements: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = get()
    times: list[float] = []
    while len(times) < REPEATS and sum(times) < ENOUGH_S:
        start = time.perf_counter()
        get()
        times.append(time.perf_counter() - start)
    return Figure(median(times) * 1000, len(statements), answer.status_code == 200)
