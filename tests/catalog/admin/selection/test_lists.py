"""Selection lists from the first line to the draft product, in the browser."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Category, ListingRevision, SelectionLine, SelectionList, Supplier, SupplierDocument
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from opsdesk.sheets.table import read_table
from tests.builders import (
    NOW,
    a_category,
    a_selection_line,
    a_selection_list,
    a_shop,
    a_submitted_line,
    a_supplier,
    a_user,
    an_actor,
)
from tests.support.browser import Desk, command, signed_in, text_of
from tests.support.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
LIST = {"title": "Summer", "starts_on": "2026-07-01", "ends_on": "2026-09-30", "sales_target": "300000"}


def line_form(**changes: Any) -> dict[str, Any]:
    return {
        "idea": "Folding flask",
        "category_id": a_category().pk,
        "platforms": ["tmall"],
        "expected_monthly_sales": 400,
        "turnover_days": 30,
        "cost": "60",
        "price": "120",
        "competitor_price": "130",
        "trend_note": "rising",
        "sources": "report\nshop page",
        "demand_score": 4,
        "quality_score": 5,
        "supplier_score": 3,
        "margin_score": 4,
        "quality_standard": "GB/T 29606",
        "complaint_record": "none",
    } | changes


def decide(client: Client, line: SelectionLine, verdict: str, reason: str = "", version: int | None = None) -> Any:
    url = reverse("admin:catalog_selectionline_decide", args=[line.pk])
    seen = line.version if version is None else version
    return client.post(url, {"version": seen, "verdict": verdict, "reason": reason})


def fresh(line: SelectionLine) -> SelectionLine:
    return SelectionLine.objects.get(pk=line.pk)


def open_work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", "role"))


@pytest.fixture
def writer() -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


@pytest.fixture
def supervisor() -> Client:
    return signed_in(a_user(Role.PRODUCT_SUPERVISOR))


@pytest.mark.sop("C1")
@pytest.mark.sop("C2")
def test_an_idea_is_listed_scored_accepted_and_made_into_a_draft(writer: Desk, supervisor: Client) -> None:
    a_shop()
    supplier = a_supplier()
    writer.post("catalog_selectionlist_add", **LIST)
    selection = SelectionList.objects.get()
    assert (selection.state, selection.sales_target, selection.author_id) == ("draft", Decimal("300000.00"), writer.user.pk)
    added = writer.client.post(
        reverse("admin:catalog_selectionline_add") + f"?list={selection.pk}", line_form(supplier_id=supplier.pk)
    )
    assert added.status_code == 302, text_of(added)
    line = SelectionLine.objects.get()
    assert (line.no, line.score, line.margin, line.decision) == (1, Decimal("4.10"), Decimal("50.0"), "open")
    assert line.sources == ["report", "shop page"]

    assert command(writer.client, "catalog_selectionlist", selection.pk, "submit").status_code == 302
    item = WorkItem.objects.get()
    assert (item.kind, item.role, item.due_at) == ("catalog.decide_selection", "product_supervisor", NOW + timedelta(days=2))
    page = supervisor.get(reverse("admin:catalog_selectionlist_change", args=[selection.public_id]))
    assert "Nothing speaks against it." in text_of(page)

    assert decide(supervisor, line, "accept").status_code == 302

    line.refresh_from_db()
    selection.refresh_from_db()
    assert (line.decision, selection.state, selection.decided_at) == ("accepted", "decided", NOW)
    assert open_work() == [("catalog.draft_selection", "product_specialist")]

    made = command(writer.client, "catalog_selectionline", line.pk, "make_product")

    revision = ListingRevision.objects.get()
    assert made["Location"] == reverse("admin:catalog_listingrevision_write", args=[revision.pk])
    assert (revision.title, revision.supplier, revision.category_code, revision.shop_codes, revision.state) == (
        "Folding flask",
        supplier.name,
        "t-shirts",
        ["tmall-01"],
        "draft",
    )
    [sku] = revision.skus
    assert (sku["price"], sku["cost"], sku["competitor_price"]) == ("120.00", "60.00", "130.00")
    assert fresh(line).product_id == revision.product_id
    assert revision.product.selection_line == line
    shown = text_of(writer.get("catalog_product_change", revision.product_id))
    assert f'<a href="{reverse("admin:catalog_selectionline_change", args=[line.pk])}">1. Folding flask</a>' in shown
    assert AuditEntry.objects.filter(subject_id=revision.public_id, action="selection.drafted_from_line").count() == 1
    assert open_work() == []
    before = row_counts()
    assert command(writer.client, "catalog_selectionline", line.pk, "make_product").status_code == 422
    assert row_counts() == before


@pytest.mark.sop("C1", refused=True)
def test_an_empty_list_and_a_period_the_wrong_way_round_are_refused(writer: Desk) -> None:
    selection = a_selection_list()
    before = row_counts()

    empty = command(writer.client, "catalog_selectionlist", selection.pk, "submit")
    wrong = writer.post("catalog_selectionlist_add", **LIST | {"ends_on": "2026-06-30", "sales_target": "0"})

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "The list has no lines yet; add one first." in text_of(empty)
    assert "The period ends before it starts." in text_of(wrong)
    assert "It must be above zero." in text_of(wrong)
    assert (row_counts(), SelectionList.objects.get().state) == (before, "draft")


@pytest.mark.sop("C2", refused=True)
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"complaint_record": "found"}, "There is a record of quality complaints about these goods."),
        ({"complaint_record": "unchecked"}, "Say whether there is a record of quality complaints."),
        ({"quality_standard": ""}, "Name the national standard that the goods meet."),
        ({"demand_score": None}, "This criterion has no score yet."),
        ({"demand_score": 2, "quality_score": 3, "margin_score": 3}, "The score is 2.70, at least 3.00 is needed."),
        ({"supplier_id": None}, "This field is required."),
    ],
)
def test_nothing_is_accepted_that_misses_a_criterion(supervisor: Client, changes: dict[str, Any], refusal: str) -> None:
    line = a_submitted_line(**changes)
    before = row_counts()

    answer = decide(supervisor, line, "accept", "all the same")

    assert answer.status_code == 422
    assert refusal in text_of(answer)
    assert (row_counts(), fresh(line).decision) == (before, "open")


def test_the_least_score_is_enough(supervisor: Client) -> None:
    line = a_submitted_line(demand_score=3, quality_score=3, supplier_score=3, margin_score=3)
    assert decide(supervisor, line, "accept").status_code == 302
    assert fresh(line).decision == "accepted"


@pytest.mark.parametrize(("verdict", "decision"), [("accept", "accepted"), ("reject", "rejected"), ("postpone", "later")])
def test_warnings_and_refusals_need_a_reason(supervisor: Client, verdict: str, decision: str) -> None:
    line = a_submitted_line(cost=Decimal(110))

    refused = decide(supervisor, line, verdict)
    assert (refused.status_code, fresh(line).decision) == (422, "open")
    assert decide(supervisor, line, verdict, "season starts").status_code == 302

    line.refresh_from_db()
    assert (line.decision, line.reason, line.margin) == (decision, "season starts", Decimal("8.3"))


def test_a_supplier_that_has_lost_its_document_since_is_not_accepted(supervisor: Client) -> None:
    line = a_submitted_line()
    SupplierDocument.objects.filter(kind="quality_report").update(state="retired")

    answer = decide(supervisor, line, "accept")

    assert "The supplier has no valid document of this kind: Quality inspection report" in text_of(answer)
    assert fresh(line).decision == "open"


def test_who_wrote_the_list_does_not_decide_on_it() -> None:
    both = a_user(Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR)
    line = a_selection_line()
    client = signed_in(both)
    assert command(client, "catalog_selectionlist", line.selection_id, "submit").status_code == 302
    before = row_counts()

    answer = decide(client, line, "accept")

    assert answer.status_code == 409
    assert "Whoever wrote the list may not decide on it." in text_of(answer)
    assert row_counts() == before


def test_only_the_line_that_was_seen_is_decided(supervisor: Client) -> None:
    line = a_submitted_line()
    answer = decide(supervisor, line, "accept", version=line.version + 1)
    assert (answer.status_code, fresh(line).decision) == (412, "open")


def test_a_returned_list_is_corrected_and_submitted_again(writer: Desk, supervisor: Client) -> None:
    line = a_submitted_line()
    assert command(supervisor, "catalog_selectionlist", line.selection_id, "return", reason="more figures").status_code == 302
    assert open_work() == [("catalog.correct_selection", "product_specialist")]

    edited = writer.post(
        "catalog_selectionline_edit",
        line.pk,
        **line_form(idea="Better flask", version=fresh(line).version, supplier_id=line.supplier_id),
    )
    assert edited.status_code == 302, text_of(edited)
    stale = writer.post("catalog_selectionline_edit", line.pk, **line_form(idea="Older", version=1))
    assert (stale.status_code, fresh(line).idea) == (412, "Better flask")
    assert command(writer.client, "catalog_selectionlist", line.selection_id, "submit").status_code == 302
    assert open_work() == [("catalog.decide_selection", "product_supervisor")]
    locked = writer.post("catalog_selectionline_edit", line.pk, **line_form(version=fresh(line).version))
    assert locked.status_code == 409


@pytest.mark.parametrize("decision", ["open", "rejected"])
def test_no_draft_is_made_of_what_is_not_accepted(writer: Desk, supervisor: Client, decision: str) -> None:
    line = a_submitted_line()
    if decision == "rejected":
        decide(supervisor, line, "reject", "no")
    before = row_counts()
    answer = command(writer.client, "catalog_selectionline", line.pk, "make_product")
    assert answer.status_code == 422
    assert f"make_product is not possible in state {decision}." in text_of(answer)
    assert row_counts() == before


def test_no_draft_is_made_without_a_shop_or_of_a_closed_list(writer: Desk, supervisor: Client) -> None:
    line = a_submitted_line()
    decide(supervisor, line, "accept")
    assert "You see no shop on the platforms of this line." in text_of(
        command(writer.client, "catalog_selectionline", line.pk, "make_product")
    )
    assert (
        command(writer.client, "catalog_selectionlist", line.selection_id, "close", reason="changed plans").status_code == 302
    )
    a_shop()
    assert "The selection list is closed." in text_of(command(writer.client, "catalog_selectionline", line.pk, "make_product"))
    assert (ListingRevision.objects.count(), open_work()) == (0, [])


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
    assert desk.post("catalog_selectionlist_add", **LIST).status_code == 403
    assert desk.post("catalog_selectionline_add", **line_form()).status_code == 403
    assert command(desk.client, "catalog_selectionlist", selection.pk, "submit").status_code == 403
    assert row_counts() == before


def test_the_specialist_does_not_decide(writer: Desk) -> None:
    line = a_submitted_line()
    assert decide(writer.client, line, "accept").status_code == 403
    assert fresh(line).decision == "open"


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


def test_an_unknown_verdict_is_refused(supervisor: Client) -> None:
    line = a_submitted_line()
    assert decide(supervisor, line, "make_product").status_code == 422
    assert supervisor.get(reverse("admin:catalog_selectionline_decide", args=[line.pk])).status_code == 200
    assert an_actor(Role.MARKETING).can("catalog.view_selectionlist")


def test_what_a_list_is_for_is_changed_while_it_is_a_draft(writer: Desk) -> None:
    selection = a_selection_list()
    url = reverse("admin:catalog_selectionlist_edit", args=[selection.pk])
    assert writer.client.get(url).status_code == 200

    changed = writer.client.post(url, LIST | {"title": "Autumn", "version": selection.version})
    stale = writer.client.post(url, LIST | {"title": "Winter", "version": selection.version})

    assert (changed.status_code, stale.status_code) == (302, 412)
    selection.refresh_from_db()
    assert (selection.title, selection.sales_target, selection.state) == ("Autumn", Decimal("300000.00"), "draft")
    assert selection.writer_ids == sorted({selection.author_id or 0, writer.user.pk})


def test_a_draft_is_given_up_and_stays_closed(writer: Desk) -> None:
    selection = a_selection_list()
    assert command(writer.client, "catalog_selectionlist", selection.pk, "close", reason="another plan").status_code == 302
    before = row_counts()
    answers = [
        command(writer.client, "catalog_selectionlist", selection.pk, "submit"),
        writer.client.post(reverse("admin:catalog_selectionline_add") + f"?list={selection.pk}", line_form()),
    ]
    assert [answer.status_code for answer in answers] == [422, 409]
    assert SelectionList.objects.get().state == "closed"
    assert before["catalog_selectionline"] == SelectionLine.objects.count() == 0


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


def test_a_category_has_its_own_target_margin(supervisor: Client) -> None:
    line = a_submitted_line()
    Category.objects.filter(code="t-shirts-l2").update(target_margin=51)
    page = text_of(supervisor.get(reverse("admin:catalog_selectionlist_change", args=[line.selection_id])))
    assert "The margin is 50.0 %, the target is 51 %." in page
