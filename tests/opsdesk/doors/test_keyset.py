"""Lists of the back-office: no counting, no skipping, nothing lost or doubled while rows come in."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Field
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import BannedWord, Category
from opsdesk.audit.models import AuditEntry
from opsdesk.audit.services import Change, record_many
from opsdesk.common import narrowing
from opsdesk.common.actors import SYSTEM
from opsdesk.doors.admin.keyset import Keyset, KeysetAdmin, KeysetChangeList, WrongCursor
from opsdesk.workcalendar.models import CalendarDay
from tests.builders import NOW, a_category, a_shop, a_sku
from tests.kit.browser import signed_in, text_of

SIZE = 3
LINK = re.compile(r'href="([^"]*)" data-page="(\w+)"')
COUNTS = re.compile(r"COUNT\(\*\)|\bOFFSET\b", re.IGNORECASE)


@pytest.fixture
def client(db: None) -> Client:
    return signed_in(get_user_model().objects.create_superuser("root", password="x"))


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeysetAdmin, "list_per_page", SIZE)


def happen(*names: str) -> None:
    record_many([Change("catalog.word_added", "word", name) for name in names], actor=SYSTEM, now=NOW)


def get(client: Client, model: Any, query: str = "") -> Any:
    response = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + query)
    assert response.status_code == 200
    return response


def subjects(response: Any) -> list[str]:
    return [row.subject_id for row in response.context["cl"].result_list]


def links(response: Any) -> dict[str, str]:
    return {name: url.replace("&amp;", "&") for url, name in LINK.findall(text_of(response))}


def test_nothing_is_lost_or_doubled_while_rows_come_in(client: Client, small_pages: None) -> None:
    happen(*"abcdefgh")
    first = get(client, AuditEntry)
    happen("i", "j")
    second = get(client, AuditEntry, links(first)["next"])
    happen("k")
    third = get(client, AuditEntry, links(second)["next"])

    assert [subjects(page) for page in (first, second, third)] == [["h", "g", "f"], ["e", "d", "c"], ["b", "a"]]
    assert set(links(third)) == {"first", "previous"}

    back = get(client, AuditEntry, links(third)["previous"])
    assert subjects(back) == ["e", "d", "c"]
    happen("l")
    seen = [subjects(back := get(client, AuditEntry, links(back)["previous"])) for _ in range(3)]
    assert seen == [["h", "g", "f"], ["k", "j", "i"], ["l"]]
    assert set(links(back)) == {"first", "next"}
    assert subjects(get(client, AuditEntry, links(back)["first"])) == ["l", "k", "j"]


def test_every_page_costs_the_same_and_nothing_is_counted(client: Client, small_pages: None) -> None:
    happen(*"abcdefghij")
    costs, page = [], get(client, AuditEntry)
    for query in ("", links(page)["next"], links(get(client, AuditEntry, links(page)["next"]))["next"]):
        with CaptureQueriesContext(
            connection,
        ) as log:
            get(client, AuditEntry, query)
        assert [entry["sql"] for entry in log if COUNTS.search(entry["sql"])] == []
        costs.append(len(log))
    assert costs == [costs[0]] * 3


def test_filters_stay_in_the_address_and_forget_the_page(client: Client, small_pages: None) -> None:
    happen(*"abcdefg")
    page = get(client, AuditEntry, "?actor_kind=system&q=")
    second = get(client, AuditEntry, links(page)["next"])

    assert parse_qs(urlsplit(links(page)["next"]).query)["actor_kind"] == ["system"]
    assert subjects(second) == ["d", "c", "b"]
    assert "after" not in second.context["cl"].get_query_string({"actor_kind": "staff"})


@pytest.mark.parametrize(
    "cursor", ["x", "[]", "[1]", '["x"]', '["1","2"]', '["\\u0000"]', '["\\ud800"]', "null", "[" * 400, '["1"]' + " " * 500]
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_wrong_place_is_said_and_the_list_begins_anew(client: Client, small_pages: None, way: str, cursor: str) -> None:
    happen(*"abcd")
    response = client.get(reverse("admin:audit_auditentry_changelist"), {way: cursor})

    assert response.status_code == 200
    assert subjects(response) == ["d", "c", "b"]
    assert "The address names no place in this list" in text_of(response)


def test_a_number_beyond_the_column_is_a_place_like_any_other(client: Client, small_pages: None) -> None:
    happen(*"abcd")
    assert subjects(client.get(reverse("admin:audit_auditentry_changelist"), {"after": f'["{10**30}"]'})) == ["d", "c", "b"]
    assert subjects(client.get(reverse("admin:audit_auditentry_changelist"), {"before": f'["{10**30}"]'})) == []


def test_names_go_upwards(client: Client, small_pages: None) -> None:
    BannedWord.objects.all().delete()
    for word in "dbace":
        BannedWord.objects.create(word=word, kind="banned_word", severity="error")
    first = get(client, BannedWord)
    second = get(client, BannedWord, links(first)["next"])
    back = get(client, BannedWord, links(second)["previous"])
    pages = [[row.word for row in page.context["cl"].result_list] for page in (first, second, back)]
    assert pages == [["a", "b", "c"], ["d", "e"], ["a", "b", "c"]]


def test_two_columns_are_compared_as_one(client: Client, small_pages: None, monkeypatch: pytest.MonkeyPatch) -> None:
    a_category()
    Category.objects.all().update(name="same")
    monkeypatch.setattr(type(admin.site._registry[Category]), "keyset", ("name", "id"))
    monkeypatch.setattr(KeysetAdmin, "list_per_page", 1)
    ids, page = [], get(client, Category)
    while True:
        ids += [row.pk for row in page.context["cl"].result_list]
        if "next" not in links(page):
            break
        page = get(client, Category, links(page)["next"])
    assert len(ids) > 2
    assert ids == sorted(ids) == list(Category.objects.order_by("id").values_list("pk", flat=True))


def test_days_are_places(client: Client, small_pages: None) -> None:
    days = list(CalendarDay.objects.order_by("-day").values_list("day", flat=True)[:6])
    order = Keyset.of(("-day",))
    row = CalendarDay(day=NOW.date(), kind="holiday")
    assert order.values(order.place(row), CalendarDay) == [NOW.date()]
    with pytest.raises(WrongCursor):
        order.values('["2026-02-30"]', CalendarDay)
    assert days == sorted(days, reverse=True)


def test_moments_without_a_zone_are_no_places() -> None:
    order = Keyset.of(("-at", "-id"))
    assert order.values('["2026-01-05T10:00:00+00:00", "7"]', AuditEntry)[1] == 7
    with pytest.raises(WrongCursor):
        order.values('["2026-01-05T10:00:00", "7"]', AuditEntry)


def test_mixed_directions_are_refused() -> None:
    with pytest.raises(ValueError, match="One direction"):
        Keyset.of(("-name", "id"))


def test_headers_do_not_sort(client: Client, small_pages: None) -> None:
    happen(*"abcd")
    response = get(client, AuditEntry, "?o=3")
    assert subjects(response) == ["d", "c", "b"]
    assert "?o=" not in text_of(response)


def test_a_search_joins_what_each_field_finds_and_goes_page_by_page(client: Client, small_pages: None) -> None:
    happen("x1", "y1", "x2", "x3", "x4")
    with CaptureQueriesContext(connection) as log:
        first = get(client, AuditEntry, "?q=+x")
    assert subjects(first) == ["x4", "x3", "x2"]
    assert subjects(get(client, AuditEntry, links(first)["next"])) == ["x1"]
    assert [entry["sql"] for entry in log if " OR " in entry["sql"] and "LIKE" in entry["sql"]] == []
    assert subjects(get(client, AuditEntry, "?q=%25")) == []


def test_a_beginning_of_very_many_shows_the_first_and_says_so(
    client: Client, small_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "FEW", 4)
    happen("x5", "x4", "x3", "x2", "y1", "x1")
    said = "rows begin with “x”; these are the first of them."

    first = get(client, AuditEntry, "?q=x")

    assert (subjects(first), said in text_of(first)) == (["x1", "x2", "x3"], True)  # of x1 to x4, the newest first
    assert subjects(get(client, AuditEntry, links(first)["next"])) == ["x4"]
    assert said not in text_of(get(client, AuditEntry, "?q=x5"))


def test_a_row_that_is_found_in_two_ways_is_shown_once(client: Client) -> None:
    product = a_sku(a_shop()).product
    response = get(client, type(product), f"?q={product.code[:3]}")
    rows = [row.pk for row in response.context["cl"].result_list]
    assert product.pk in rows
    assert len(rows) == len(set(rows))


OURS = {model: owner for model, owner in admin.site._registry.items() if model.__module__.split(".")[0] != "django"}


# Lists that show only the rows of a partial index; their own tests look whether the index is taken.
PARTIAL = {"orders.DueOrder": "order_due_by"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_list_of_ours_goes_by_an_indexed_keyset(client: Client, model: Any) -> None:
    owner = OURS[model]
    assert isinstance(owner, KeysetAdmin)
    assert owner.get_changelist(HttpRequest()) is KeysetChangeList
    assert tuple(owner.ordering or owner.keyset) == owner.keyset, "declare keyset, not ordering"
    assert owner.date_hierarchy is None or model is CalendarDay, "a drill-down by date reads the whole table"
    columns = Keyset.of(owner.keyset).columns
    fields = [model._meta.get_field(name) for name in columns]
    assert all(isinstance(field, Field) and not field.null for field in fields)
    assert fields[-1].unique
    attributes = {field.name: field.attname for field in model._meta.concrete_fields}
    usable = [
        index
        for index in model._meta.concrete_model._meta.indexes
        if not index.condition or index.name == PARTIAL.get(model._meta.label)
    ]
    indexes = [[attributes[name.lstrip("-")] for name in index.fields] for index in usable]
    assert len(fields) == 1 or any(names[: len(columns)] == [*columns] for names in indexes)

    with CaptureQueriesContext(connection) as log:
        get(client, model)
        get(client, model, "?q=abc")
    assert [entry["sql"] for entry in log if COUNTS.search(entry["sql"])] == []
    if owner.date_hierarchy is None:
        assert [entry["sql"] for entry in log if "SELECT DISTINCT " in entry["sql"].replace("DISTINCT ON", "")] == []
