"""The work, the duties and the trail of the selection of goods."""

from django.urls import reverse

from catalog.rules.selection.lifecycles import DOCUMENT_LIFECYCLE, LINE_LIFECYCLE, PROPOSAL_LIFECYCLE, SELECTION_LIFECYCLE
from catalog.services.selection import competitors, documents, lists, research
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind

_SPECIALIST, _SUPERVISOR = Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR


def _list(public_id: str) -> str:
    return reverse("admin:catalog_selectionlist_change", args=[public_id])


KINDS = (
    Kind(
        lists.DECIDE, mark("Selection lists to decide"), mark("Decide on selection list: %(title)s"), _SUPERVISOR, _list, "C1"
    ),
    Kind(
        lists.CORRECT,
        mark("Selection lists to correct"),
        mark("Correct selection list: %(title)s"),
        _SPECIALIST,
        _list,
        "C1",
        _SUPERVISOR,
    ),
    Kind(
        lists.DRAFTS,
        mark("Accepted ideas to draft"),
        mark("Make draft products of selection list: %(title)s"),
        _SPECIALIST,
        _list,
        "C1",
        _SUPERVISOR,
    ),
    Kind(
        documents.EXPIRING,
        mark("Supplier documents to renew"),
        mark("Renew document %(number)s of %(supplier)s: it expires on %(day)s"),
        _SPECIALIST,
        lambda subject: reverse("admin:catalog_supplierdocument_change", args=[subject]),
        "C2",
        _SUPERVISOR,
    ),
    Kind(
        competitors.REVIEW_PRICE,
        mark("Prices to review"),
        mark("Review the price of %(goods)s: a competitor asks %(price)s"),
        _SPECIALIST,
        lambda subject: reverse("admin:catalog_priceproposal_change", args=[subject]),
        "C26",
        _SUPERVISOR,
    ),
    Kind(
        research.DUE,
        mark("Market research"),
        mark("Market research for week %(week)s"),
        _SPECIALIST,
        lambda subject: reverse("admin:catalog_marketresearch_change", args=[subject]),
        "C1",
        _SUPERVISOR,
    ),
)
DUTIES = (
    Duty(
        "catalog.open_research",
        "0 9 * * 1",
        "C1",
        lambda slot, now: research.open_research(slot=slot, now=now),
        mark("Ask for the market research of the week"),
    ),
    Duty(
        "catalog.scan_supplier_documents",
        "30 8 * * *",
        "C2",
        lambda slot, now: documents.scan_documents(now=now),
        mark("Look for documents of suppliers that expire"),
    ),
)
FILES = {documents.FILES.purpose: "catalog.view_supplierdocument"}
CHARTS = {
    "catalog.selection_list": Chart(
        SELECTION_LIFECYCLE,
        {"decide": mark("Decide on a line"), "conclude": mark("The last line is decided")},
        frozenset({"conclude"}),
    ),
    "catalog.selection_line": Chart(
        LINE_LIFECYCLE, {"accept": mark("Accept"), "reject": mark("Reject"), "postpone": mark("Later")}
    ),
    "catalog.supplier_document": Chart(DOCUMENT_LIFECYCLE),
    "catalog.price_proposal": Chart(PROPOSAL_LIFECYCLE),
}
LABELS = {
    "selection.list_created": mark("Selection list begun"),
    "selection.list_edit": mark("Selection list changed"),
    "selection.list_submit": mark("Submitted for decision"),
    "selection.list_return": mark("Returned for changes"),
    "selection.list_conclude": mark("Decided"),
    "selection.list_close": mark("Closed"),
    "selection.line_added": mark("Line added"),
    "selection.line_changed": mark("Line changed"),
    "selection.line_accept": mark("Line accepted"),
    "selection.line_reject": mark("Line rejected"),
    "selection.line_postpone": mark("Line put off"),
    "selection.line_make_product": mark("Draft product made"),
    "selection.drafted_from_line": mark("Made from a selection list"),
    "selection.supplier_added": mark("Supplier added"),
    "selection.supplier_changed": mark("Supplier changed"),
    "selection.supplier_suspend": mark("Supplier suspended"),
    "selection.supplier_resume": mark("Supplier active again"),
    "selection.supplier_assessed": mark("Supplier assessed"),
    "selection.document_added": mark("Document recorded"),
    "selection.document_renew": mark("Document renewed"),
    "selection.document_retire": mark("Document put aside"),
    "selection.competitor_added": mark("Competitor product added"),
    "selection.competitor_changed": mark("Competitor product changed"),
    "selection.price_seen": mark("Price seen"),
    "selection.proposal_opened": mark("Price review proposed"),
    "selection.proposal_refreshed": mark("Newer price seen"),
    "selection.proposal_accept": mark("Proposal accepted"),
    "selection.proposal_decline": mark("Proposal declined"),
    "selection.research_opened": mark("Market research opened"),
    "selection.research_write_note": mark("Market note written"),
    "selection.note_written": mark("Market note written"),
    "selection.terms_recorded": mark("Search terms recorded"),
}
