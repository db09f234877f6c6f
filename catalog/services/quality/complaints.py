"""Quality complaints: filed by whoever hears them, answered by the product's specialist, told to the customer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.enums.quality import (
    CheckedField,
    ComplaintKind,
    ComplaintOutcome,
    ComplaintSeverity,
    ComplaintSource,
    ComplaintState,
    ErrorKind,
    ErrorSource,
    FeedbackSource,
)
from catalog.models import ListingRevision, ProductFeedback, QualityComplaint, Sku
from catalog.parameters.listings import DELIST_WITHIN
from catalog.parameters.quality import ANSWER_COMPLAINT, ANSWER_URGENT, PASS_ON_ANSWER, STOCK_CHECK
from catalog.queries.listings import products_for
from catalog.rules.quality.lifecycles import COMPLAINT_LIFECYCLE, REASON_OF
from catalog.services.quality import complaint_steps as steps
from catalog.services.quality import ledger
from catalog.services.quality.complaint_steps import ANSWER, COMPLAINT, DELISTING, FAULTY_STOCK, SUBJECT
from catalog.services.quality.ledger import Found
from opsdesk.accounts.queries import holders
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value


@dataclass(frozen=True)
class Complaint:
    """What a customer holds against a SKU. `ref` names it at its source, so that it is filed once."""

    sku: str
    kind: ComplaintKind
    text: str
    severity: ComplaintSeverity = ComplaintSeverity.MINOR
    order_ref: str = ""
    evidence: str = ""
    source: ComplaintSource = ComplaintSource.SERVICE
    ref: str = ""


@transaction.atomic
def file_complaint(*, complaint: Complaint, actor: Actor, now: datetime) -> QualityComplaint:
    """Hand a quality complaint to the specialist who wrote the live listing, or to the desk; filed again, it is the first.

    Raises: Forbidden, Invalid (unknown SKU, nothing said).
    SOP: C27, S6
    """
    actor.require("catalog.add_qualitycomplaint")
    skus = Sku.objects.filter(code=complaint.sku, product__in=products_for(actor).values("pk"))
    sku = skus.select_related("product__live_revision").first()
    if sku is None:
        text = mark("There is no SKU %(sku)s.")
        raise Invalid(text, code="unknown_sku", issues=[Issue("/sku", "unknown_sku", text, {"sku": complaint.sku})])
    if not complaint.text.strip():
        text = mark("Write down what the customer says.")
        raise Invalid(text, code="required", issues=[Issue("/text", "required", text)])
    if complaint.ref and (known := QualityComplaint.objects.filter(source=complaint.source, ref=complaint.ref).first()):
        return known
    row = _file(complaint, sku, actor, now)
    _ask(row, now)
    _count_as_feedback(row, actor, now)
    steps.note("filed", row, actor, now, severity=str(row.severity), complaint_kind=str(row.kind))
    return row


def _file(complaint: Complaint, sku: Sku, actor: Actor, now: datetime) -> QualityComplaint:
    live = sku.product.live_revision
    urgent = complaint.severity == ComplaintSeverity.DANGEROUS
    return QualityComplaint.objects.create(
        sku=sku,
        product=sku.product,
        supplier=live.supplier if live else "",
        order_ref=complaint.order_ref,
        source=complaint.source,
        ref=complaint.ref,
        kind=complaint.kind,
        severity=complaint.severity,
        text=complaint.text.strip(),
        evidence=complaint.evidence.strip(),
        filed_at=now,
        filed_by=actor.label,
        specialist_id=_specialist(live),
        respond_by=now + value(ANSWER_URGENT if urgent else ANSWER_COMPLAINT),
    )


def _specialist(live: ListingRevision | None) -> int | None:
    """The one who wrote the live listing, as long as they work at the desk."""
    if live is None or live.author_id is None:
        return None
    return holders(Role.PRODUCT_SPECIALIST, None).filter(pk=live.author_id).values_list("pk", flat=True).first()


def _ask(row: QualityComplaint, now: datetime) -> None:
    params = {"sku": row.sku.code, "kind": str(row.kind)}
    work = Work(COMPLAINT, SUBJECT, row.public_id, row.respond_by, params=params, owner_id=row.specialist_id)
    inbox.raise_item(work, now=now)


def _count_as_feedback(row: QualityComplaint, actor: Actor, now: datetime) -> None:
    ProductFeedback.objects.create(
        sku=row.sku,
        product=row.product,
        source=FeedbackSource.COMPLAINT,
        reason=REASON_OF[row.kind],
        text=row.text,
        ref=row.public_id,
        happened_at=now,
        recorded_at=now,
        recorded_by=actor.label,
    )


@transaction.atomic
def take(*, complaint_id: int, actor: Actor, now: datetime) -> QualityComplaint:
    """Begin to investigate. Raises: NotFound, Forbidden, IllegalTransition. SOP: C27"""
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("take", row.state, actor)
    return steps.move(row, "take", ComplaintState.INVESTIGATING, actor, now, taken_at=now)


@transaction.atomic
def answer(
    *, complaint_id: int, answer: str, outcome: str, wrong_field: str = "", actor: Actor, now: datetime
) -> QualityComplaint:
    """Say what was found and what follows: a wrong listing goes into the error ledger, faulty stock to the warehouse.

    Customer service tells the customer.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no answer; the listing is wrong, but where?).
    SOP: C27
    """
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("answer", row.state, actor)
    _require_answer(answer, outcome, wrong_field)
    columns: dict[str, Any] = {"answer": answer.strip(), "outcome": outcome, "answered_at": now, "answered_by": actor.label}
    columns |= _asked_again(outcome)
    if outcome == ComplaintOutcome.LISTING_ERROR:
        columns["wrong_field"] = wrong_field
        found = [Found(CheckedField(wrong_field), ErrorKind.WRONG, answer)]
        live = ledger.live_revision(row.product_id)
        ledger.enter_errors(revision=live, found=found, source=ErrorSource.COMPLAINT, ref=row.public_id, actor=actor, now=now)
    row = steps.move(row, "answer", ComplaintState.ANSWERED, actor, now, **columns)
    inbox.resolve(kind=COMPLAINT, subject_ids=[row.public_id], outcome=outcome, actor=actor, now=now)
    params = {"sku": row.sku.code}
    inbox.raise_item(Work(ANSWER, SUBJECT, row.public_id, now + value(PASS_ON_ANSWER), params=params), now=now)
    if outcome == ComplaintOutcome.STOCK_CHECK:
        inbox.raise_item(Work(FAULTY_STOCK, SUBJECT, row.public_id, now + value(STOCK_CHECK), params=params), now=now)
    if outcome == ComplaintOutcome.DELIST:
        inbox.raise_item(Work(DELISTING, SUBJECT, row.public_id, now + value(DELIST_WITHIN), params=params), now=now)
    return row


def _asked_again(outcome: str) -> dict[str, Any]:
    """What a second answer asks for anew is not done yet, although it was after the first."""
    if outcome == ComplaintOutcome.STOCK_CHECK:
        return {"stock_checked_at": None, "stock_finding": ""}
    if outcome == ComplaintOutcome.DELIST:
        return {"delist_decided_at": None, "delist_note": ""}
    return {}


def _require_answer(answer: str, outcome: str, wrong_field: str) -> None:
    issues = []
    if not answer.strip():
        issues.append(Issue("/answer", "required", mark("Write the answer for customer service.")))
    if outcome not in ComplaintOutcome.values:
        issues.append(Issue("/outcome", "unknown_outcome", mark("Unknown decision.")))
    if outcome == ComplaintOutcome.LISTING_ERROR and wrong_field not in CheckedField.values:
        issues.append(Issue("/wrong_field", "required", mark("Say which field of the listing is wrong.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)


@transaction.atomic
def close(*, complaint_id: int, actor: Actor, now: datetime) -> QualityComplaint:
    """The customer has been told. Raises: NotFound, Forbidden, IllegalTransition. SOP: C27"""
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("close", row.state, actor)
    inbox.resolve(kind=ANSWER, subject_ids=[row.public_id], outcome="told", actor=actor, now=now)
    return steps.move(row, "close", ComplaintState.CLOSED, actor, now, closed_at=now, closed_by=actor.label)


@transaction.atomic
def reopen(*, complaint_id: int, reason: str, actor: Actor, now: datetime) -> QualityComplaint:
    """The answer does not settle it: back to the specialist, with a new time.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: C27
    """
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("reopen", row.state, actor)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    for kind in (ANSWER, FAULTY_STOCK, DELISTING):  # what the answer asked for falls with it
        inbox.resolve(kind=kind, subject_ids=[row.public_id], outcome="reopened", actor=actor, now=now)
    respond_by = now + value(ANSWER_COMPLAINT)
    row = steps.move(row, "reopen", ComplaintState.INVESTIGATING, actor, now, reason=reason.strip(), respond_by=respond_by)
    _ask(row, now)
    return row
