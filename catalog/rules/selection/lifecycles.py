"""The steps of selection lists, their lines, suppliers with their documents, price proposals and market research. Pure."""

from catalog.enums.selection import DocumentState, LineDecision, ProposalState, ResearchState, SupplierStatus
from catalog.enums.selection import SelectionState as S
from opsdesk.common.lifecycle import Lifecycle, Transition

_WRITE, _SUBMIT, _DECIDE = "catalog.change_selectionlist", "catalog.submit_selectionlist", "catalog.decide_selectionlist"

SELECTION_LIFECYCLE = Lifecycle(
    Transition("edit", {S.DRAFT}, None, permission=_WRITE, sop="C1"),
    Transition("add_line", {S.DRAFT}, None, permission=_WRITE, sop="C1"),
    Transition("submit", {S.DRAFT}, S.SUBMITTED, permission=_SUBMIT, sop="C1"),
    Transition("return", {S.SUBMITTED}, S.DRAFT, permission=_DECIDE, sop="C1"),
    Transition("decide", {S.SUBMITTED}, None, permission=_DECIDE, sop="C1"),
    Transition("conclude", {S.SUBMITTED}, S.DECIDED, permission=_DECIDE, sop="C1"),
    Transition("close", {S.DRAFT, S.DECIDED}, S.CLOSED, permission=_SUBMIT, sop="C1"),
)
LINE_LIFECYCLE = Lifecycle(
    Transition("accept", {LineDecision.OPEN}, LineDecision.ACCEPTED, permission=_DECIDE, sop="C2"),
    Transition("reject", {LineDecision.OPEN}, LineDecision.REJECTED, permission=_DECIDE, sop="C2"),
    Transition("postpone", {LineDecision.OPEN}, LineDecision.LATER, permission=_DECIDE, sop="C2"),
    Transition("make_product", {LineDecision.ACCEPTED}, None, permission="catalog.add_listingrevision", sop="C1"),
)
SUPPLIER_LIFECYCLE = Lifecycle(
    Transition("edit", set(SupplierStatus), None, permission="catalog.change_supplier", sop="C2"),
    Transition("add_document", set(SupplierStatus), None, permission="catalog.work_supplierdocument", sop="C2"),
    Transition("assess", set(SupplierStatus), None, permission="catalog.assess_supplier", sop="C2"),
    Transition("suspend", {SupplierStatus.ACTIVE}, SupplierStatus.SUSPENDED, permission="catalog.suspend_supplier", sop="C2"),
    Transition("resume", {SupplierStatus.SUSPENDED}, SupplierStatus.ACTIVE, permission="catalog.suspend_supplier", sop="C2"),
)
_DOCUMENTS = "catalog.work_supplierdocument"
DOCUMENT_LIFECYCLE = Lifecycle(
    Transition("renew", {DocumentState.CURRENT}, DocumentState.RENEWED, permission=_DOCUMENTS, sop="C2"),
    Transition("retire", {DocumentState.CURRENT}, DocumentState.RETIRED, permission=_DOCUMENTS, sop="C2"),
)
WATCHED = "watched"  # competitor products have no states; what may be done to them is always the same
COMPETITOR_STEPS = Lifecycle(
    Transition("edit", {WATCHED}, None, permission="catalog.change_competitorproduct", sop="C26"),
    Transition("record_price", {WATCHED}, None, permission="catalog.change_competitorproduct", sop="C26"),
)
_PROPOSALS = "catalog.work_priceproposal"
PROPOSAL_LIFECYCLE = Lifecycle(
    Transition("accept", {ProposalState.OPEN}, ProposalState.ACCEPTED, permission=_PROPOSALS, sop="C26"),
    Transition("decline", {ProposalState.OPEN}, ProposalState.DECLINED, permission=_PROPOSALS, sop="C26"),
)
RESEARCH_LIFECYCLE = Lifecycle(
    Transition("write_note", set(ResearchState), ResearchState.DONE, permission="catalog.add_marketnote", sop="C1"),
)
