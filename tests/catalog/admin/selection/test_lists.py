"""Selection lists from the first line to the draft product, in the browser."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Category, ListingRevision, SelectionLine, SelectionList, SupplierDocument
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from tests.builders import (
    NOW,
    a_selection_line,
    a_selection_list,
    a_shop,
    a_submitted_line,
    a_supplier,
    a_user,
    an_actor,
)
from tests.builders.selection import LIST_FORM, line_form
from tests.kit.browser import Desk, command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")


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
    writer.post("catalog_selectionlist_add", **LIST_FORM)
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
    wrong = writer.post("catalog_selectionlist_add", **LIST_FORM | {"ends_on": "2026-06-30", "sales_target": "0"})

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


@pytest.mark.sop("C2", refused=True)
def test_a_document_that_has_expired_stops_the_acceptance_and_the_draft_until_it_is_renewed(
    writer: Desk, supervisor: Client, clock: Any
) -> None:
    a_shop()
    last_day = NOW.date()
    lines = [a_submitted_line(supplier_id=a_supplier(expires_on=last_day).pk) for _ in range(2)]
    assert decide(supervisor, lines[0], "accept").status_code == 302
    clock.move_to(NOW + timedelta(days=1))
    writer, supervisor = Desk(writer.user), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    before = row_counts()

    answers = [
        command(writer.client, "catalog_selectionline", lines[0].pk, "make_product"),
        decide(supervisor, lines[1], "accept", "all the same"),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    for answer in answers:
        assert "The supplier has no valid document of this kind: Quality inspection report" in text_of(answer)
    assert (row_counts(), ListingRevision.objects.count(), fresh(lines[1]).decision) == (before, 0, "open")

    for document in SupplierDocument.objects.filter(kind="quality_report"):
        paper = {"number": "NEW", "issued_on": "2026-06-01", "expires_on": "2027-06-01"}
        assert command(writer.client, "catalog_supplierdocument", document.pk, "renew", **paper).status_code == 302
    assert command(writer.client, "catalog_selectionline", lines[0].pk, "make_product").status_code == 302
    assert decide(supervisor, lines[1], "accept").status_code == 302
    assert (ListingRevision.objects.count(), fresh(lines[1]).decision) == (1, "accepted")


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


def test_the_specialist_does_not_decide(writer: Desk) -> None:
    line = a_submitted_line()
    assert decide(writer.client, line, "accept").status_code == 403
    assert fresh(line).decision == "open"


def test_an_unknown_verdict_is_refused(supervisor: Client) -> None:
    line = a_submitted_line()
    assert decide(supervisor, line, "make_product").status_code == 422
    assert supervisor.get(reverse("admin:catalog_selectionline_decide", args=[line.pk])).status_code == 200
    assert an_actor(Role.MARKETING).can("catalog.view_selectionlist")


def test_what_a_list_is_for_is_changed_while_it_is_a_draft(writer: Desk) -> None:
    selection = a_selection_list()
    url = reverse("admin:catalog_selectionlist_edit", args=[selection.pk])
    assert writer.client.get(url).status_code == 200

    changed = writer.client.post(url, LIST_FORM | {"title": "Autumn", "version": selection.version})
    stale = writer.client.post(url, LIST_FORM | {"title": "Winter", "version": selection.version})

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


def test_a_category_has_its_own_target_margin(supervisor: Client) -> None:
    line = a_submitted_line()
    Category.objects.filter(code="t-shirts-l2").update(target_margin=51)
    page = text_of(supervisor.get(reverse("admin:catalog_selectionlist_change", args=[line.selection_id])))
    assert "The margin is 50.0 %, the target is 51 %." in page
