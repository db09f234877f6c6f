"""Keeping what proves a supplier's qualification, and asking for it before it expires."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from catalog.enums.selection import DocumentKind, DocumentState
from catalog.models import Supplier, SupplierDocument
from catalog.parameters.selection import DOCUMENT_WARNING
from catalog.rules.selection.lifecycles import DOCUMENT_LIFECYCLE, SUPPLIER_LIFECYCLE
from catalog.rules.selection.qualification import in_order, is_due, is_valid
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.files.kinds import IMAGES, PDF
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value

EXPIRING, SUBJECT = "catalog.supplier_document", "supplier_document"
FILES = Terms("catalog.supplier_documents", (PDF, *IMAGES), 10 * MEGABYTE)  # a technical limit: a scan of some pages


@dataclass(frozen=True)
class Paper:
    """What a document says, with its scan where there is one; without `expires_on` it is valid for ever."""

    number: str
    issued_on: date
    expires_on: date | None = None
    upload: "UploadedFile[bytes] | None" = None


@transaction.atomic
def add_document(*, supplier_id: int, kind: str, paper: Paper, actor: Actor, now: datetime) -> SupplierDocument:
    """Record a document of a supplier.

    Raises: NotFound, Forbidden, Invalid (dates that cannot be, no such kind), Conflict (it is recorded already), and
    what `opsdesk.files.services.keep_file` raises.
    SOP: C2
    """
    supplier = lock_one(Supplier.objects.filter(pk=supplier_id))
    SUPPLIER_LIFECYCLE.enter("add_document", supplier.status, actor)
    document = _create(supplier, kind, paper, actor, now)
    after = {"kind": kind, "number": paper.number, "expires_on": str(paper.expires_on or "")}
    record(Change("selection.document_added", "supplier", supplier.public_id, after=after), actor=actor, now=now)
    record(Change("selection.document_added", SUBJECT, document.public_id, after=after), actor=actor, now=now)
    return document


@transaction.atomic
def renew_document(*, document_id: int, paper: Paper, actor: Actor, now: datetime) -> SupplierDocument:
    """Put a newer document in the place of one that has expired or soon will; returns the newer one.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (it has expired as well), Conflict (recorded already).
    SOP: C2
    """
    old = _lock(document_id)
    step = DOCUMENT_LIFECYCLE.enter("renew", old.state, actor)
    if not is_valid(expires_on=paper.expires_on, today=_today(now)):
        raise Invalid(issues=[Issue("/expires_on", "date_out_of_range", mark("This document has expired as well."))])
    fresh = _create(old.supplier, old.kind, paper, actor, now)
    old.state, old.renewed_by = DocumentState(step.target or old.state), fresh
    old.save(update_fields=["state", "renewed_by"])
    _tell(old, step.name, "", actor, now, number=paper.number, expires_on=str(paper.expires_on or ""))
    return fresh


@transaction.atomic
def retire_document(*, document_id: int, reason: str, actor: Actor, now: datetime) -> SupplierDocument:
    """Put aside a document that is no longer needed. Raises: NotFound, Forbidden, IllegalTransition. SOP: C2"""
    document = _lock(document_id)
    step = DOCUMENT_LIFECYCLE.enter("retire", document.state, actor)
    document.state = DocumentState(step.target or document.state)
    document.save(update_fields=["state"])
    _tell(document, step.name, reason, actor, now)
    return document


@transaction.atomic
def scan_documents(*, now: datetime) -> int:
    """Ask the product desk for every current document that has expired or will within the warning time.

    Each is asked for once until it is renewed or retired; returns how many are due. A fixed number of statements.
    SOP: C2
    """
    today, warning = _today(now), value(DOCUMENT_WARNING)
    rows = SupplierDocument.objects.filter(state=DocumentState.CURRENT, expires_on__lte=today + warning)
    due = list(rows.select_related("supplier").order_by("expires_on", "pk"))
    asked = WorkItem.objects.filter(kind=EXPIRING, closed_at=None).values_list("subject_id", flat=True)
    no_longer = set(asked) - {document.public_id for document in due}
    resolve(kind=EXPIRING, subject_ids=sorted(no_longer), outcome="no longer due", actor=SYSTEM, now=now)
    raise_many([_work(document, now) for document in due], now=now)
    return len(due)


def _create(supplier: Supplier, kind: str, paper: Paper, actor: Actor, now: datetime) -> SupplierDocument:
    if kind not in DocumentKind.values:
        raise Invalid(issues=[Issue("/kind", "unknown", mark("There is no such kind of document."))])
    if not in_order(issued_on=paper.issued_on, expires_on=paper.expires_on, today=_today(now)):
        text = mark("It must have been issued by today, and before it expires.")
        raise Invalid(text, code="date_out_of_range", issues=[Issue("/issued_on", "date_out_of_range", text)])
    if SupplierDocument.objects.filter(supplier=supplier, kind=kind, number=paper.number).exists():
        text = mark("This document is recorded already.")
        raise Conflict(text, code="taken", issues=[Issue("/number", "taken", text)])
    document = SupplierDocument.objects.create(
        supplier=supplier,
        kind=kind,
        number=paper.number,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        file=keep_file(upload=paper.upload, terms=FILES, actor=actor, now=now) if paper.upload else None,
    )
    if is_due(expires_on=paper.expires_on, today=_today(now), warning=value(DOCUMENT_WARNING)):
        raise_many([_work(document, now)], now=now)
    return document


def _work(document: SupplierDocument, now: datetime) -> Work:
    assert document.expires_on
    # Due when it expires: at the end of its last day in the shop's time.
    last = datetime(document.expires_on.year, document.expires_on.month, document.expires_on.day, 23, 59, tzinfo=SHOP_TIME)
    params = {"supplier": document.supplier.name, "number": document.number, "day": f"{document.expires_on}"}
    return Work(EXPIRING, SUBJECT, document.public_id, max(last, now), params=params)


def _lock(document_id: int) -> SupplierDocument:
    """Lock a document and its supplier, the supplier first. Raises: NotFound."""
    supplier_id = SupplierDocument.objects.filter(pk=document_id).values_list("supplier_id", flat=True).first()
    supplier = lock_one(Supplier.objects.filter(pk=supplier_id or 0))
    document = lock_one(SupplierDocument.objects.filter(pk=document_id))
    document.supplier = supplier
    return document


def _tell(document: SupplierDocument, step: str, reason: str, actor: Actor, now: datetime, **more: str) -> None:
    resolve(kind=EXPIRING, subject_ids=[document.public_id], outcome=document.state, actor=actor, now=now)
    after = {"state": str(document.state), **more}
    for kind, subject in ((SUBJECT, document.public_id), ("supplier", document.supplier.public_id)):
        change = Change(f"selection.document_{step}", kind, subject, after=after, reason=reason)
        record(change, actor=actor, now=now)


def _today(now: datetime) -> date:
    return now.astimezone(SHOP_TIME).date()
