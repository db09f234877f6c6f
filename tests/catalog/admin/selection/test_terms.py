"""Search terms: entered, imported, compared, proposed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import SearchTermCount, SelectionLine
from catalog.services.selection.terms import TermCount, record_terms
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.imports.models import ImportFile
from opsdesk.shops.models import Shop
from tests.builders import NOW, a_selection_list, a_shop, a_submitted_line, a_user
from tests.builders.selection import TODAY
from tests.builders.tables import csv, uploaded
from tests.kit.browser import Desk, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
FORM = {"shop": "tmall-01", "day": "2026-06-10", "term": "folding flask", "searches": 12, "results": 0, "clicks": 0}
HEADER = ("日期", "搜索词", "搜索次数", "结果数", "点击次数")


@pytest.fixture
def shop() -> Shop:
    return a_shop()


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


def figures(term: str, searches: int, *, ago: int = 0, results: int = 3, shop: str = "tmall-01") -> None:
    count = TermCount(shop, TODAY - timedelta(days=ago), term, searches, results, 1)
    record_terms(counts=[count], actor=SYSTEM, now=NOW)


def kept() -> list[tuple[Any, ...]]:
    rows = SearchTermCount.objects.order_by("day", "term")
    return list(rows.values_list("shop__code", "day", "term", "searches", "results", "clicks"))


def top(desk: Desk, **query: str) -> Any:
    return desk.client.get(reverse("admin:catalog_searchterm_top"), query)


@pytest.mark.sop("C1")
def test_figures_are_entered_and_entered_again_replace_the_former(desk: Desk) -> None:
    assert desk.post("catalog_searchtermcount_add", **FORM).status_code == 302
    assert desk.post("catalog_searchtermcount_add", **FORM | {"searches": 15}).status_code == 302
    assert kept() == [("tmall-01", date(2026, 6, 10), "folding flask", 15, 0, 0)]
    assert "folding flask" in text_of(desk.get("catalog_searchtermcount_changelist"))


@pytest.mark.sop("C1", refused=True)
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"day": "2026-06-12"}, "This day has not come yet."),
        ({"searches": -1}, "greater than or equal to 0"),
        ({"searches": 2_000_000_001}, "less than or equal to 2000000000"),
        ({"term": " "}, "This field is required."),
        ({"shop": "other"}, "Select a valid choice."),
    ],
)
def test_figures_that_cannot_be_are_refused(desk: Desk, changes: dict[str, Any], error: str) -> None:
    before = row_counts()
    answer = desk.post("catalog_searchtermcount_add", **FORM | changes)
    assert (answer.status_code, error in text_of(answer), row_counts()) == (422, True, before)


def test_the_figures_by_day_begin_with_the_newest_day(desk: Desk) -> None:
    for ago in (1, 0, 3):
        figures("mug", 10 + ago, ago=ago)
    page: Any = desk.get("catalog_searchtermcount_changelist")
    assert [row.searches for row in page.context["cl"].result_list] == [10, 11, 13]


def test_the_top_terms_are_compared_with_the_period_before(desk: Desk) -> None:
    figures("mug", 60, ago=0)
    figures("mug", 40, ago=6)
    figures("mug", 80, ago=7)
    figures("mug", 999, ago=14)
    figures("mat", 30, ago=1, results=0)

    page = top(desk)

    rows = [(row.term, row.searches, row.before, row.change, row.is_unanswered) for row in page.context["found"]]
    assert rows == [("mug", 100, 80, Decimal("25.0"), False), ("mat", 30, 0, None, True)]
    assert [row.term for row in top(desk, empty="on").context["found"]] == ["mat"]
    assert [row.term for row in top(desk, until="2026-06-04").context["found"]] == ["mug"]
    assert list(top(desk, shop="none").context["found"]) == []
    assert "“no day” is no day; these are the days until today." in text_of(top(desk, until="no day"))


def test_only_the_figures_of_ones_own_shops_are_seen(shop: Shop) -> None:
    a_shop("douyin-01")
    figures("mug", 10)
    figures("mat", 10, shop="douyin-01")
    desk = Desk(a_user(Role.PRODUCT_SPECIALIST, shops=[shop]))
    assert [row.term for row in top(desk).context["found"]] == ["mug"]
    page = text_of(desk.get("catalog_searchtermcount_changelist"))
    assert ("mug" in page, "mat</a>" in page) == (True, False)


@pytest.mark.sop("C1")
def test_a_term_without_results_is_proposed_for_the_open_list_once(desk: Desk) -> None:
    figures("folding flask", 30, results=0)
    selection = a_selection_list()
    url = reverse("admin:catalog_searchterm_top")

    answer = desk.client.post(url, {"term": "folding flask"})

    line = SelectionLine.objects.get()
    assert (line.selection_id, line.idea, line.search_term) == (selection.pk, "folding flask", "folding flask")
    assert answer["Location"] == reverse("admin:catalog_selectionline_edit", args=[line.pk])
    assert desk.client.get(answer["Location"]).status_code == 200
    before = row_counts()
    again = desk.client.post(url, {"term": "folding flask"})
    assert (again.status_code, row_counts()) == (409, before)
    assert "This search term is on the list already." in text_of(again)


@pytest.mark.sop("C1", refused=True)
def test_nothing_is_proposed_without_an_open_list_or_that_nobody_searched(desk: Desk) -> None:
    figures("folding flask", 30, results=0)
    a_submitted_line()
    before = row_counts()
    url = reverse("admin:catalog_searchterm_top")

    closed = desk.client.post(url, {"term": "folding flask"})
    unknown = desk.client.post(url, {"term": "nobody"})

    assert (closed.status_code, unknown.status_code, row_counts()) == (409, 422, before)
    assert "No selection list is open; begin one first." in text_of(closed)
    assert "Nobody has searched for this term." in text_of(unknown)


@pytest.mark.sop("C1")
def test_a_platforms_table_is_imported(desk: Desk, shop: Shop) -> None:
    figures("mug", 7, ago=1)
    rows = (
        HEADER,
        ("2026/6/9", "保温杯", "320", "12", "45"),
        ("2026-06-10", "mug", "7", "3", "1"),
        ("2026-06-10", "mat", "5", "0", "0"),
    )

    desk.client.post(
        reverse("admin:import_new", args=["catalog.search_terms"]), {"file": uploaded("t.csv", csv(*rows)), "shop": shop.pk}
    )
    work = ImportFile.objects.get()
    assert (work.created, work.existing, work.refused) == (2, 1, 0)
    assert len(kept()) == 1
    desk.client.post(reverse("admin:import", args=[work.public_id]), {"policy": "all"})

    assert [row[1:4] for row in kept()] == [
        (date(2026, 6, 9), "保温杯", 320),
        (date(2026, 6, 10), "mat", 5),
        (date(2026, 6, 10), "mug", 7),
    ]


def test_rows_that_cannot_be_keep_the_table_out(desk: Desk, shop: Shop) -> None:
    rows = (HEADER, ("2026-06-12", "mug", "1", "1", "1"), ("soon", "mat", "1", "1", "1"), ("2026-06-10", "mat", "-1", "1", "1"))
    desk.client.post(
        reverse("admin:import_new", args=["catalog.search_terms"]), {"file": uploaded("t.csv", csv(*rows)), "shop": shop.pk}
    )
    work = ImportFile.objects.get()
    before = row_counts()
    answer = desk.client.post(reverse("admin:import", args=[work.public_id]), {"policy": "all"})
    assert (work.refused, answer.status_code, row_counts(), kept()) == (3, 409, before, [])


@pytest.mark.parametrize("role", [Role.MARKETING, Role.WAREHOUSE])
def test_others_read_or_stay_outside(shop: Shop, role: Role) -> None:
    figures("mug", 10)
    a_selection_list()
    desk, before = Desk(a_user(role)), row_counts()
    assert top(desk).status_code == (403 if role == Role.WAREHOUSE else 200)
    assert desk.client.post(reverse("admin:catalog_searchterm_top"), {"term": "mug"}).status_code == 403
    assert desk.post("catalog_searchtermcount_add", **FORM).status_code == 403
    assert row_counts() == before
