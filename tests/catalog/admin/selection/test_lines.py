"""The lines of selection lists as they are written, filtered, printed and exported."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Supplier
from opsdesk.accounts.roles import Role
from opsdesk.sheets.table import read_table
from tests.builders import (
    a_selection_line,
    a_selection_list,
    a_supplier,
    a_user,
)
from tests.builders.selection import LIST_FORM, line_form
from tests.kit.browser import Desk, command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def writer() -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"idea": ""}, "This field is required."),
        ({"demand_score": 6}, "less than or equal to 5"),
        ({"price": "-1"}, "greater than or equal to 0"),
        ({"price": "0"}, "It must be above zero."),
        ({"turnover_days": "3651"}, "less than or equal to 3650"),
        ({"category_id": "999999"}, "Select a valid choice."),
        ({"idea": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_line_that_cannot_be_is_refused(writer: Desk, changes: dict[str, Any], error: str) -> None:
    selection, form = a_selection_list(), line_form(**changes)
    before = row_counts()
    url = reverse("admin:catalog_selectionline_add") + f"?list={selection.pk}"

    answer = writer.client.post(url, form)

    assert answer.status_code == 422
    assert error in text_of(answer)
    assert row_counts() == before


@pytest.mark.sop("C2", refused=True)
def test_a_supplier_without_a_valid_document_cannot_be_chosen(writer: Desk) -> None:
    selection, unfit = a_selection_list(), a_supplier(qualified=False)
    form = line_form(supplier_id=unfit.pk)
    before = row_counts()
    url = reverse("admin:catalog_selectionline_add") + f"?list={selection.pk}"

    answer = writer.client.post(url, form)

    assert answer.status_code == 422
    for kind in ("Business licence", "Quality inspection report"):
        assert f"The supplier has no valid document of this kind: {kind}" in text_of(answer)
    assert (row_counts(), Supplier.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    "role", [Role.MARKETING, Role.OPERATIONS_MANAGER, Role.OPERATIONS_SUPERVISOR, Role.PRODUCT_SUPERVISOR, Role.WAREHOUSE]
)
def test_who_may_read_does_not_write(role: Role) -> None:
    selection = a_selection_line().selection
    desk, before = Desk(a_user(role)), row_counts()
    reads = 403 if role == Role.WAREHOUSE else 200

    pages = [desk.get("catalog_selectionlist_changelist"), desk.get("catalog_selectionline_changelist")]

    assert [page.status_code for page in pages] == [reads] * 2
    assert desk.post("catalog_selectionlist_add", **LIST_FORM).status_code == 403
    assert desk.post("catalog_selectionline_add", **line_form()).status_code == 403
    assert command(desk.client, "catalog_selectionlist", selection.pk, "submit").status_code == 403
    assert row_counts() == before


def test_lines_are_filtered_by_sales_turnover_platform_score_and_decision(writer: Desk) -> None:
    small = a_selection_list(title="Small", target="1000")
    a_selection_line(idea="AAA", expected_monthly_sales=500, turnover_days=20, platforms=("douyin",))
    a_selection_line(small, idea="BBB", expected_monthly_sales=100, turnover_days=60, demand_score=1)

    def shown(**query: str) -> list[str]:
        page = writer.client.get(reverse("admin:catalog_selectionline_changelist"), query)
        assert page.status_code == 200
        return sorted(row.idea for row in page.context["cl"].queryset)

    assert shown() == ["AAA", "BBB"]
    assert (shown(min_sales="500"), shown(min_sales="501")) == (["AAA"], [])
    assert (shown(max_turnover="60"), shown(max_turnover="59")) == (["AAA", "BBB"], ["AAA"])
    assert (shown(platform="douyin"), shown(platform="tmall")) == (["AAA"], ["BBB"])
    assert (shown(min_score="4.10"), shown(min_score="4.11")) == (["AAA"], [])
    assert (shown(min_target="1001"), shown(decision__exact="accepted")) == (["AAA"], [])
    wrong = writer.client.get(reverse("admin:catalog_selectionline_changelist"), {"min_score": "good"})
    assert "“good” is not a number; the list is not filtered by it." in text_of(wrong)
    table = writer.client.get(reverse("admin:catalog_selectionline_export", args=["csv"]), {"max_turnover": "59"})
    exported = read_table(b"".join(table.streaming_content), "lines.csv")  # type: ignore[attr-defined]
    assert [row.cells[2] for row in exported.rows] == ["AAA"]


@pytest.mark.parametrize(("role", "costs"), [(Role.PRODUCT_SPECIALIST, True), (Role.MARKETING, False)])
def test_costs_and_margins_are_for_those_who_may_see_them(role: Role, costs: bool) -> None:
    line = a_selection_line(cost=Decimal("98.76"), price=Decimal("100.00"))
    desk = Desk(a_user(role))

    pages = [
        desk.get("catalog_selectionlist_change", line.selection_id),
        desk.get("catalog_selectionlist_print", line.selection_id),
        desk.get("catalog_selectionline_changelist"),
        desk.get("catalog_selectionline_change", line.pk),
    ]

    assert [("98.76" in text_of(page), page.status_code) for page in pages] == [(costs, 200)] * 4
    assert ["The margin is 1.2 %, the target is 20 %." in text_of(page) for page in pages] == [costs, False, False, costs]
    for format in ("xlsx", "csv"):
        answer: Any = desk.get("catalog_selectionlist_export", line.selection_id, format)
        content = answer.content if format == "xlsx" else b"".join(answer.streaming_content)
        table = read_table(content, f"list.{format}")
        assert ("Cost" in table.header, "Margin (percent)" in table.header) == (costs, costs)
        [row] = table.rows
        assert ("98.76" in row.cells) is costs


def test_what_people_typed_is_not_calculated_in_an_export(writer: Desk) -> None:
    line = a_selection_line(idea="=1+1")
    answer: Any = writer.get("catalog_selectionlist_export", line.selection_id, "csv")
    assert b"'=1+1" in b"".join(answer.streaming_content)


def test_the_print_says_what_the_list_is(writer: Desk) -> None:
    line = a_selection_line()
    page = text_of(writer.get("catalog_selectionlist_print", line.selection_id))
    assert "<h1>Selection list — Summer</h1>" in page
    assert "Folding flask" in page
    assert signed_in(a_user(Role.WAREHOUSE)).get(
        reverse("admin:catalog_selectionlist_print", args=[line.selection_id])
    ).status_code in (403, 404)


def test_a_page_costs_the_same_statements_whatever_the_number_of_lines(writer: Desk) -> None:
    selection = a_selection_list()
    counts = []
    for size in (2, 12):
        for number in range(size):
            a_selection_line(selection, idea=f"{size}-{number}")
        with CaptureQueriesContext(connection) as statements:
            assert writer.get("catalog_selectionlist_change", selection.pk).status_code == 200
            assert writer.get("catalog_selectionline_changelist").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_line_needs_an_open_list(writer: Desk) -> None:
    answer = writer.client.get(reverse("admin:catalog_selectionline_add"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:catalog_selectionlist_changelist"))


@pytest.mark.parametrize("name", ["edit", "decide"])
def test_lines_that_do_not_exist_are_not_found(name: str) -> None:
    client = signed_in(a_user(Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR))
    assert client.get(reverse(f"admin:catalog_selectionline_{name}", args=[999])).status_code == 404
    for page in ("print", "edit"):
        assert client.get(reverse(f"admin:catalog_selectionlist_{page}", args=[999])).status_code == 404
    assert client.get(reverse("admin:catalog_selectionlist_export", args=[999, "csv"])).status_code == 404


def test_an_export_has_two_formats(writer: Desk) -> None:
    line = a_selection_line()
    assert writer.get("catalog_selectionlist_export", line.selection_id, "pdf").status_code == 404
    outsider = Desk(a_user(Role.WAREHOUSE))
    assert outsider.get("catalog_selectionline_export", "csv").status_code == 403
    assert outsider.get("catalog_selectionlist_export", line.selection_id, "csv").status_code == 404
