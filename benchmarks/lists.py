"""How much longer a list takes when there are many times as many rows: every page should cost the same."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol

from django.db import connection
from django.test import Client

from benchmarks.pages import Page
from tests.builders import a_client, a_user

SMALL, REPEATS, ENOUGH_S, SLOW_S = 10_000, 5, 5, 2


class Subject(Protocol):
    """What there is much of: how it grows, and the pages on which it is shown."""

    what: str

    def grow(self, size: int) -> None:
        """Copy until there are `size` of them."""

    def pages(self, keys: dict[str, str]) -> dict[str, Page]:
        """Every page that is timed, by its name; `keys` are those of API clients by what they see."""


@dataclass(frozen=True)
class Figure:
    """What one page costs: milliseconds and SQL statements."""

    ms: float
    statements: int
    ok: bool


def measure(subject: Subject, top: int) -> None:
    """Fill, time, fill further, time again, and print both with their ratio."""
    staff = Client(SERVER_NAME="localhost", raise_request_exception=False, headers={"Accept-Language": "en"})
    staff.force_login(a_user(superuser=True))
    program = Client(SERVER_NAME="localhost", raise_request_exception=False)
    keys = {"all": a_client(), "one shop": a_client(shops=["tmall-01"])}
    found = []
    for size in (SMALL, top):
        start = time.perf_counter()
        subject.grow(size)
        print(f"{size:,} {subject.what} filled in {time.perf_counter() - start:.0f} s", flush=True)
        pages = subject.pages(keys)
        found.append({name: _figure(name, _getter(program if page.key else staff, page)) for name, page in pages.items()})
    print(f"{'':58} {SMALL:>9,} {top:>11,}   ratio  SQL")
    for name, small in found[0].items():
        large = found[1][name]
        mark = "" if small.ok and large.ok and small.statements == large.statements else "  WRONG"
        cost = f"{small.ms:8.1f}  {large.ms:8.1f} ms  {large.ms / small.ms:6.2f}  {large.statements:3}"
        print(f"{name:58} {cost}{mark}")


def _getter(client: Client, page: Page) -> Callable[[], Any]:
    if page.form:
        return lambda: client.post(page.url, page.form)
    headers = {"Authorization": f"Bearer {page.key}"} if page.key else {}
    return lambda: client.get(page.url, headers=headers)


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
