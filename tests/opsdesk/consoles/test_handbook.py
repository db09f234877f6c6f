"""The handbook's screens: found, read in one's language with the numbers in force, opened from the screen one is at."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from tests.builders import NOW, a_user
from tests.kit.browser import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return signed_in(a_user(Role.PURCHASING))


def ids(response: object) -> list[str]:
    return [row["id"] for _, rows in response.context["areas"] for row in rows]  # type: ignore[attr-defined]


@pytest.mark.sop("G3")
def test_a_page_says_who_how_and_with_which_numbers(reader: Client) -> None:
    override(code="catalog.alert_threshold", value=17, reason="season", actor=SYSTEM, now=NOW)
    forget_cached()
    page = text_of(reader.get("/admin/handbook/C12/"))

    assert "Owner: <strong>Purchasing</strong>" in page
    assert '<a href="/admin/catalog/stockalert/">Stock alerts</a>' in page
    assert '<kbd class="od-kbd">Acknowledge</kbd>' in page
    assert 'fewer than <strong class="od-live">17 pieces</strong> are left' in page
    assert '<a class="od-button od-primary" href="/admin/catalog/stockalert/">Open the screen</a>' in page
    assert "<td>Open</td><td>Acknowledge</td><td>Product specialist, Purchasing</td><td>Acknowledged</td>" in page
    assert "库存预警阈值：低于10件自动提醒补货" in page
    assert re.search(r'rel="prev" href="/admin/handbook/C\w+/"', page)
    assert re.search(r'rel="next" href="/admin/handbook/C\w+/"', page)
    assert page.count("<h3>") == 2


@pytest.mark.parametrize(
    ("language", "title", "button", "number"),
    [
        ("zh-hans", "库存不足及时补货", "确认收到", "10 件"),
        ("zh-hant", "庫存不足及時補貨", "確認收到", "10 件"),
        ("en", "Replenish what runs short", "Acknowledge", "10 pieces"),
    ],
)
def test_a_page_speaks_the_readers_language(reader: Client, language: str, title: str, button: str, number: str) -> None:
    page = text_of(reader.get("/admin/handbook/C12/", headers={"Accept-Language": language}))
    assert title in page
    assert f'<strong class="od-live">{number}</strong>' in page
    assert '<kbd class="od-kbd">' in page
    assert (button in page) or language != "en"


def test_who_may_not_open_the_screen_reads_the_page_without_a_link_to_it() -> None:
    page = text_of(signed_in(a_user(Role.WAREHOUSE)).get("/admin/handbook/C4/"))
    assert "<strong>Listings to review</strong>" in page
    assert "Open the screen" not in page
    assert 'href="/admin/catalog/listingrevision/review-queue/"' not in page


def test_only_who_is_signed_in_reads(client: Client) -> None:
    for path in ("", "C12/", "here/?screen=admin:index"):
        response = client.get(f"/admin/handbook/{path}")
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("name", ["C99", "..", "C12.toml", "c12"])
def test_an_unknown_page_is_not_found(reader: Client, name: str) -> None:
    assert reader.get(f"/admin/handbook/{name}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [("q=c12", "C12", "O3"), ("q=RUNS+SHORT", "C12", "O3"), ("q=漏检", "O3", "C12"), ("role=purchasing", "C12", "O3")],
)
def test_the_index_finds_by_id_title_text_and_owner(reader: Client, query: str, found: str, missing: str) -> None:
    response = reader.get(f"/admin/handbook/?{query}")
    assert found in ids(response)
    assert missing not in ids(response)


def test_the_index_says_when_nothing_is_found(reader: Client) -> None:
    assert "No page says this." in text_of(reader.get("/admin/handbook/?q=<script>"))


@pytest.mark.parametrize(
    ("screen", "target"),
    [
        ("admin:catalog_stockalert_change", "/admin/handbook/C12/"),
        ("admin:catalog_stockalert_command", "/admin/handbook/C12/"),
        ("admin:orders_checkround_changelist", "/admin/handbook/O3/"),
        ("admin:no_such_screen", "/admin/handbook/"),
        ("", "/admin/handbook/"),
    ],
)
def test_the_question_mark_leads_to_the_page_of_the_screen(reader: Client, screen: str, target: str) -> None:
    response = reader.get("/admin/handbook/here/", {"screen": screen})
    assert (response.status_code, response["Location"]) == (302, target)


def test_several_pages_about_a_screen_are_offered(reader: Client) -> None:
    response = reader.get("/admin/handbook/here/?screen=admin:catalog_listingrevision_queue")
    assert {"C4", "C13"} <= set(ids(response))
    assert "O3" not in ids(response)


def test_every_screen_carries_the_question_mark(reader: Client) -> None:
    page = text_of(reader.get("/admin/catalog/stockalert/"))
    assert 'href="/admin/handbook/here/?screen=admin%3Acatalog_stockalert_changelist"' in page
    assert "opsdesk/help" in page


def test_reading_costs_the_same_for_every_page(reader: Client) -> None:
    costs = set()
    for page in ("C4", "C12", "O3"):
        reader.get(f"/admin/handbook/{page}/")
        with CaptureQueriesContext(connection) as log:
            reader.get(f"/admin/handbook/{page}/")
        costs.add(len(log))
    assert len(costs) == 1
