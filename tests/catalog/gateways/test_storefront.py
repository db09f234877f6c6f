"""Reading a page of a real server: facts or a reason, never longer, bigger or elsewhere than allowed."""

import gzip
import json
import socket
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from catalog.gateways import storefront as gateway
from catalog.gateways.storefront import fetch
from catalog.rules.quality.page import PageFacts, ProbeFailure, Target
from tests.kit.storefront import Answer, Shopfront, drips, says, says_json, storefront

PATHS = {
    "category": "data.path",
    "sku": "data.skus",
    "sku_code": "code",
    "price": "price.now",
    "commitments": "data.services.name",
}
PRODUCT = {
    "data": {
        "path": ["家居", "水具", "保温杯"],
        "skus": [{"code": "CUP-1", "price": {"now": "¥1,299.00"}}, {"code": "CUP-2", "price": {"now": 89.5}}],
        "services": [{"name": "包邮"}, {"name": "7天无理由退换"}],
    }
}
PAGE = """<html><head><title>x</title><script type="application/ld+json">not json</script>
<script type="application/ld+json">{"@graph": [{"@type": "BreadcrumbList",
"itemListElement": [{"name": "家居"}, {"item": {"name": "保温杯"}}]},
{"@type": ["Product", "Thing"], "name": "晨光 保温杯", "image": ["https://img.example.com/1.jpg"],
"hasVariant": [{"sku": "CUP-1", "offers": {"price": "99.00", "availability": "https://schema.org/InStock"}},
{"sku": "CUP-2", "offers": [{"price": 89, "availability": "https://schema.org/OutOfStock"}]}]}]}</script></head>
<body><ul class="services"><li>包邮</li><li>7天无理由退换</li></ul></body></html>"""
SELECTED = """<html><body><nav><a>家居</a><a>保温杯</a></nav><h1>晨光</h1><img class="big" src="/i/1.jpg">
<div class="sku" data-code="CUP-1"><b class="price">¥ 99.00</b><i>有货</i></div>
<div class="sku" data-code="CUP-2"><b class="price">暂无</b><i>售罄</i></div></body></html>"""
SELECTORS = {
    "category": "nav a",
    "title": "h1",
    "sku": ".sku",
    "sku_code": "@data-code",
    "price": ".price",
    "available": "i",
    "images": "img.big@src",
}


@pytest.fixture(autouse=True)
def _own_machine(settings: Any) -> None:
    settings.OUTBOUND_ALLOW_PRIVATE = True


@pytest.fixture
def shop() -> Iterator[Shopfront]:
    with storefront() as running:
        yield running


def read(
    shop: Shopfront, answer: Answer, page_format: str = "json", parts: dict[str, str] | None = None, seconds: float = 5.0
) -> PageFacts | ProbeFailure:
    shop.answer = answer
    return fetch(Target(f"{shop.url}/p/1?a=b", page_format, parts or {}, seconds))


def facts(answer: PageFacts | ProbeFailure) -> PageFacts:
    assert isinstance(answer, PageFacts), answer
    return answer


def reason(answer: PageFacts | ProbeFailure) -> str:
    assert isinstance(answer, ProbeFailure), answer
    return str(answer.reason)


def test_json_is_read_by_its_paths(shop: Shopfront) -> None:
    found = facts(read(shop, says_json(PRODUCT), parts=PATHS))

    assert found.category == ["家居", "水具", "保温杯"]
    assert found.prices == {"CUP-1": Decimal("1299.00"), "CUP-2": Decimal("89.5")}
    assert found.commitments == ["包邮", "7天无理由退换"]
    assert (found.title, found.images, found.available) == (None, None, None)
    assert found.size == len(json.dumps(PRODUCT).encode())
    assert "CUP-1: ¥1,299.00" in found.excerpt
    assert (shop.paths, shop.hosts) == (["/p/1?a=b"], [shop.url.removeprefix("http://")])


def test_a_page_is_read_by_its_product_data(shop: Shopfront) -> None:
    found = facts(read(shop, says(PAGE.encode(), kind="text/html"), "html", {"commitments": ".services li", "images": "[src]"}))

    assert found.category == ["家居", "保温杯"]
    assert (found.title, found.prices) == ("晨光 保温杯", {"CUP-1": Decimal("99.00"), "CUP-2": Decimal(89)})
    assert found.available == {"CUP-1": True, "CUP-2": False}
    assert (found.commitments, found.images) == (["包邮", "7天无理由退换"], [])


def test_a_page_is_read_by_selectors(shop: Shopfront) -> None:
    found = facts(read(shop, says(SELECTED.encode()), "html", SELECTORS))

    assert (found.category, found.title, found.images) == (["家居", "保温杯"], "晨光", ["/i/1.jpg"])
    assert (found.prices, found.available) == ({"CUP-1": Decimal("99.00")}, {"CUP-1": True, "CUP-2": False})


@pytest.mark.parametrize(
    ("data", "parts", "category", "prices"),
    [
        ({"c": "家居 > 水具 › 保温杯", "p": 9}, {"category": "c", "price": "p"}, ["家居", "水具", "保温杯"], {"": Decimal(9)}),
        ({"c": [{"name": "a"}, {"name": "b"}]}, {"category": "c.1", "price": "p"}, ["b"], {}),
        ([{"c": "a", "p": "free"}], {"category": "0.c", "price": "p"}, ["a"], {}),
        ([{"c": "a", "p": None}, "x"], {"category": "c", "price": "0.p"}, ["a"], {}),
        ({"c": {"x": 1}, "p": 1}, {"category": "c.nothing.more", "price": "p"}, [], {"": Decimal(1)}),
        ([{"c": "a"}], {"category": "c", "price": "²"}, ["a"], {}),
    ],
)
def test_paths_lead_through_whatever_is_there(
    shop: Shopfront, data: Any, parts: dict[str, str], category: list[str], prices: dict[str, Decimal]
) -> None:
    found = facts(read(shop, says_json(data), parts=parts))

    assert (found.category, found.prices) == (category, prices)


@pytest.mark.parametrize(
    ("answer", "page_format", "expected"),
    [
        (says(b"<html>", kind="text/html"), "json", "unreadable"),
        (says(b"[" * 100_000), "json", "unreadable"),
        (says(b"\xff\xfe\x00"), "json", "unreadable"),
        (says(b"plain words"), "html", "unreadable"),
        (says(b"{}"), "json", "unreadable"),
        (says(b""), "html", "unreadable"),
        (says(b"<p>no product</p>"), "html", "unreadable"),
        (says(b"{}", status=404), "json", "status"),
        (says(b"{}", status=500), "json", "status"),
        (says(b"", status=302, headers={"Location": "http://169.254.169.254/"}), "json", "redirected"),
        (says(b"x" * (gateway.MAX_BYTES + 1)), "json", "too_large"),
    ],
)
def test_what_is_no_page_has_its_reason(shop: Shopfront, answer: Answer, page_format: str, expected: str) -> None:
    assert reason(read(shop, answer, page_format, {"category": "c", "price": "p"})) == expected
    assert len(shop.paths) == 1


@pytest.mark.parametrize("answer", [drips(100, pause=0.1), drips(100, pause=0.1, head=True), drips(1, pause=5)])
def test_a_slow_page_is_given_up(shop: Shopfront, answer: Answer) -> None:
    started = time.monotonic()

    assert reason(read(shop, answer, seconds=0.5)) == "timeout"
    assert time.monotonic() - started < 3


def test_a_page_that_is_packed_too_large_is_given_up(shop: Shopfront) -> None:
    bomb = gzip.compress(b"0" * (50 * 1024 * 1024))
    found = read(shop, says(bomb, headers={"Content-Encoding": "gzip"}))

    assert reason(found) == "too_large"
    assert isinstance(found, ProbeFailure)
    assert found.size < gateway.MAX_BYTES * 2


def test_a_broken_body_and_a_closed_door_are_told_from_a_bad_page(shop: Shopfront) -> None:
    cut = says(b"{}", headers={"Content-Encoding": "gzip"})

    assert reason(read(shop, cut)) == "unreachable"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert reason(fetch(Target(f"http://127.0.0.1:{port}/", "json"))) == "unreachable"
    assert reason(fetch(Target("http://no-such-name.invalid/", "json"))) == "unreachable"
    assert reason(fetch(Target(f"https://{shop.url.removeprefix('http://')}/", "json"))) == "unreachable"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0x7f000001"])
def test_private_addresses_are_not_read(shop: Shopfront, settings: Any, host: str) -> None:
    settings.OUTBOUND_ALLOW_PRIVATE = False
    port = shop.url.rpartition(":")[2]

    assert reason(fetch(Target(f"http://{host}:{port}/", "json"))) == "forbidden_address"
    assert shop.paths == []


@pytest.mark.parametrize("address", ["ftp://example.com/", "http:///x", "http://a:b@127.0.0.1/"])
def test_what_is_no_web_address_is_not_read(address: str) -> None:
    assert reason(fetch(Target(address, "json"))) == "forbidden_address"
