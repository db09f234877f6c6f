"""What the services refuse that no form lets through."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.errors import UnqualifiedSupplier
from catalog.models import Product, SelectionLine
from catalog.services.selection.competitors import CompetitorDetails, add_competitor
from catalog.services.selection.decisions import decide_line, make_product
from catalog.services.selection.documents import Paper, add_document
from catalog.services.selection.lines import add_line, change_line
from catalog.services.selection.lists import return_list, submit_list
from catalog.services.selection.research import add_note
from catalog.services.selection.suppliers import assess_supplier, suspend_supplier
from catalog.services.selection.terms import TermCount, import_terms, record_terms
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from opsdesk.imports.definitions import ParsedRow
from opsdesk.inbox.models import WorkItem
from tests.builders import (
    NOW,
    a_category,
    a_selection_list,
    a_shop,
    a_submitted_line,
    a_supplier,
    an_actor,
    line_details,
)
from tests.builders.selection import TODAY
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db


def pointers(refusal: DomainError) -> list[tuple[str, str]]:
    return [(issue.pointer, issue.code) for issue in refusal.issues]


@pytest.mark.parametrize(
    ("changes", "issues"),
    [
        ({"platforms": ("moon",)}, [("/platforms", "unknown")]),
        ({"category_id": 0}, [("/category_id", "category_not_leaf")]),
        ({"demand_score": 0, "margin_score": 6}, [("/demand_score", "out_of_range"), ("/margin_score", "out_of_range")]),
        ({"cost": Decimal(-1), "turnover_days": 0}, [("/cost", "out_of_range"), ("/turnover_days", "out_of_range")]),
        ({"supplier_id": 0}, [("/supplier_id", "supplier_suspended")]),
    ],
)
def test_a_line_names_everything_that_is_wrong(changes: dict[str, Any], issues: list[Any]) -> None:
    selection, details = a_selection_list(), line_details(**changes)
    before = row_counts()
    with pytest.raises(Invalid) as refusal:
        add_line(list_id=selection.pk, details=details, actor=SYSTEM, now=NOW)
    assert (pointers(refusal.value), row_counts()) == (issues, before)


def test_a_category_above_the_leaves_is_none_for_goods() -> None:
    parent = a_category().parent
    assert parent
    with pytest.raises(Invalid) as refusal:
        add_line(list_id=a_selection_list().pk, details=line_details(category_id=parent.pk), actor=SYSTEM, now=NOW)
    assert pointers(refusal.value) == [("/category_id", "category_not_leaf")]


def test_goods_may_cost_nothing() -> None:
    line = add_line(list_id=a_selection_list().pk, details=line_details(cost=Decimal(0)), actor=SYSTEM, now=NOW)
    assert line.margin == Decimal("100.0")


def test_a_suspended_or_expired_supplier_is_not_chosen() -> None:
    suspended, expired = a_supplier(), a_supplier(expires_on=TODAY)
    suspend_supplier(supplier_id=suspended.pk, reason="late", actor=SYSTEM, now=NOW)
    selection = a_selection_list()
    with pytest.raises(Invalid) as refusal:
        add_line(list_id=selection.pk, details=line_details(supplier_id=suspended.pk), actor=SYSTEM, now=NOW)
    assert refusal.value.error_code == "supplier_suspended"
    details = line_details(supplier_id=expired.pk)
    add_line(list_id=selection.pk, details=details, actor=SYSTEM, now=NOW)
    with pytest.raises(UnqualifiedSupplier) as lacking:
        add_line(list_id=selection.pk, details=details, actor=SYSTEM, now=NOW + timedelta(days=1))
    assert pointers(lacking.value) == [("/supplier_id", "supplier_unqualified")]
    assert SelectionLine.objects.count() == 1


def test_a_program_does_not_decide() -> None:
    line = a_submitted_line()
    with pytest.raises(Conflict):
        decide_line(line_id=line.pk, verdict="reject", version=1, reason="no", actor=SYSTEM, now=NOW)


def test_a_taken_product_code_is_not_overwritten() -> None:
    a_shop()
    line = a_submitted_line()
    decide_line(line_id=line.pk, verdict="accept", version=1, reason="", actor=an_actor(Role.PRODUCT_SUPERVISOR), now=NOW)
    Product.objects.create(code=f"SEL-{line.selection_id:04d}-01", title="another")
    before = row_counts()
    with pytest.raises(Conflict) as refusal:
        make_product(line_id=line.pk, actor=SYSTEM, now=NOW)
    assert (refusal.value.error_code, row_counts()) == ("code_taken", before)


def test_the_list_stays_open_while_a_line_is_undecided_and_the_work_until_all_is_drafted() -> None:
    a_shop()
    selection, supervisor = a_selection_list(), an_actor(Role.PRODUCT_SUPERVISOR)
    lines = [add_line(list_id=selection.pk, details=line_details(), actor=SYSTEM, now=NOW) for _ in range(2)]
    submit_list(list_id=selection.pk, actor=SYSTEM, now=NOW)
    states = []
    for line in lines:
        decide_line(line_id=line.pk, verdict="accept", version=1, reason="", actor=supervisor, now=NOW)
        selection.refresh_from_db()
        states.append(selection.state)
    assert states == ["submitted", "decided"]
    open_work = []
    for line in lines:
        make_product(line_id=line.pk, actor=SYSTEM, now=NOW)
        open_work.append(WorkItem.objects.filter(kind="catalog.draft_selection", closed_at=None).count())
    assert open_work == [1, 0]


def test_a_decided_line_is_not_written_anew() -> None:
    selection = a_selection_list()
    lines = [add_line(list_id=selection.pk, details=line_details(), actor=SYSTEM, now=NOW) for _ in range(2)]
    submit_list(list_id=selection.pk, actor=SYSTEM, now=NOW)
    supervisor = an_actor(Role.PRODUCT_SUPERVISOR)
    line = decide_line(line_id=lines[0].pk, verdict="reject", version=1, reason="no", actor=supervisor, now=NOW)
    return_list(list_id=selection.pk, reason="more", actor=supervisor, now=NOW)
    version = SelectionLine.objects.get(pk=line.pk).version
    with pytest.raises(Conflict) as refusal:
        change_line(line_id=line.pk, version=version, details=line_details(), actor=SYSTEM, now=NOW)
    assert refusal.value.error_code == "already_decided"


def test_what_no_list_knows_is_refused() -> None:
    supplier = a_supplier()
    paper = Paper("N-1", TODAY)
    with pytest.raises(Invalid) as kind:
        add_document(supplier_id=supplier.pk, kind="poem", paper=paper, actor=SYSTEM, now=NOW)
    judged: dict[str, Any] = {"supplier_id": supplier.pk, "reason": "x", "assessed_on": TODAY, "actor": SYSTEM, "now": NOW}
    with pytest.raises(Invalid) as aspect:
        assess_supplier(aspect="taste", score=0, **judged)
    with pytest.raises(Invalid) as note:
        add_note(kind="gossip", category_id=0, text=" ", source="", actor=SYSTEM, now=NOW)
    details = CompetitorDetails("x", "moon", "https://", category_id=0)
    with pytest.raises(Invalid) as competitor:
        add_competitor(details=details, actor=SYSTEM, now=NOW)
    unknown = CompetitorDetails("x", "tmall", "https://shop.example.com/", category_id=999)
    with pytest.raises(Invalid) as category:
        add_competitor(details=unknown, actor=SYSTEM, now=NOW)

    assert pointers(kind.value) == [("/kind", "unknown")]
    assert pointers(aspect.value) == [("/aspect", "unknown"), ("/score", "out_of_range")]
    assert [pointer for pointer, _ in pointers(note.value)] == ["/kind", "/category_id", "/text", "/source"]
    assert [pointer for pointer, _ in pointers(competitor.value)] == ["/url", "/platform", "/sku"]
    assert pointers(category.value) == [("/category_id", "unknown_category")]


def test_every_row_of_terms_that_is_wrong_is_named() -> None:
    a_shop()
    good = TermCount("tmall-01", TODAY, "mug", 1, 1, 1)
    bad = TermCount("none", TODAY + timedelta(days=1), " ", -1, -1, 0)
    before = row_counts()
    with pytest.raises(Invalid) as refusal:
        record_terms(counts=[good, bad], actor=SYSTEM, now=NOW)
    assert [pointer for pointer, _ in pointers(refusal.value)] == ["/1/shop", "/1/term", "/1/day", "/1/searches", "/1/results"]
    assert row_counts() == before
    assert record_terms(counts=[good, good], actor=SYSTEM, now=NOW) == 1


def test_a_table_of_terms_is_of_a_shop_that_one_sees() -> None:
    shop = a_shop()
    actor = an_actor(Role.PRODUCT_SPECIALIST, shops=[a_shop("douyin-01")])
    rows = [ParsedRow(2, TermCount("", TODAY, "mug", 1, 1, 1))]
    with pytest.raises(Forbidden):
        import_terms(rows=rows, write=True, shop_id=shop.pk, actor=actor, now=NOW)


def test_rows_that_are_gone_are_not_found() -> None:
    with pytest.raises(NotFound):
        make_product(line_id=0, actor=SYSTEM, now=NOW)
