"""Invoices that finance issues, and takes back by a red-letter invoice when money goes back. SOP: O7"""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.files.kinds import PDF
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from opsdesk.inbox.services import resolve
from opsdesk.parameters.queries import value
from orders.enums.invoices import InvoiceState
from orders.enums.orders import OrderStatus
from orders.models import InvoiceRequest, Order
from orders.models.invoices import LIVE
from orders.parameters.manual import RED_LETTER_TIME
from orders.services.invoices import rows
from orders.services.invoices.rows import ISSUE, RED_LETTER, Heading, amount_of

PURPOSE = "orders.invoice"
TERMS = Terms(PURPOSE, (PDF,), 10 * MEGABYTE)
REFUNDED = mark("Money went back to the customer.")


@transaction.atomic(savepoint=False)
def issue_invoice(*, invoice_id: int, number: str, file: "UploadedFile[bytes]", actor: Actor, now: datetime) -> InvoiceRequest:
    """Finance has issued the invoice: its number, and the PDF that the customer gets.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (number), FileTooLarge, UnsupportedFile, InvalidFileName.
    SOP: O7
    """
    row = rows.enter(invoice_id, "issue", actor)
    number = _free_number(number, "number")
    kept = keep_file(upload=file, terms=TERMS, actor=actor, now=now)
    resolve(kind=ISSUE, subject_ids=[row.public_id], outcome="issued", actor=actor, now=now)
    columns: dict[str, Any] = {"number": number, "file_id": kept.pk, "issued_at": now, "issued_by": actor.label, "due_at": None}
    rows.move(row, "issue", actor, now, details={"number": number}, **columns)
    return row


@transaction.atomic(savepoint=False)
def ask_red_letter(*, invoice_id: int, reason: str, actor: Actor, now: datetime) -> InvoiceRequest:
    """Have an issued invoice taken back, such as one with a wrong title.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O7
    """
    row = rows.enter(invoice_id, "ask_red_letter", actor)
    rows.require(reason, "/reason", mark("A reason is required."))
    _want_red_letter(row, reason.strip(), actor, now)
    return row


@transaction.atomic(savepoint=False)
def issue_red_letter(
    *, invoice_id: int, number: str, file: "UploadedFile[bytes] | None" = None, actor: Actor, now: datetime
) -> InvoiceRequest:
    """Finance has taken the invoice back; for what is still paid a new one is asked for under the same title.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (number), FileTooLarge, UnsupportedFile, InvalidFileName.
    SOP: O7
    """
    row = rows.enter(invoice_id, "issue_red_letter", actor)
    number = _free_number(number, "red_number")
    kept = keep_file(upload=file, terms=TERMS, actor=actor, now=now) if file else None
    resolve(kind=RED_LETTER, subject_ids=[row.public_id], outcome="issued", actor=actor, now=now)
    columns: dict[str, Any] = {"red_number": number, "red_file_id": kept.pk if kept else None, "due_at": None}
    rows.move(row, "issue_red_letter", actor, now, details={"number": number}, **columns)
    if amount_of(row.order) and row.order.status != OrderStatus.CANCELLED:
        rows.open_request(row.order, Heading(row.party, row.title, row.tax_id, row.email), actor, now)
    return row


@transaction.atomic
def after_refund(order: Order, *, actor: Actor, now: datetime) -> None:
    """Money of a locked order went back: an invoice that is out is taken back, one that is asked for is over less. SOP: O7"""
    for row in lock_many(InvoiceRequest.objects.filter(order=order, state__in=LIVE)):
        row.order = order
        if row.state == InvoiceState.ISSUED:
            _want_red_letter(row, REFUNDED, actor, now)
        elif row.state == InvoiceState.REQUESTED and not amount_of(order):
            rows.call_off(row, REFUNDED, actor, now)
        elif row.state == InvoiceState.REQUESTED:
            details = {"amount": f"{amount_of(order):.2f}"}
            rows.move(row, "correct", actor, now, reason=REFUNDED, details=details, amount=amount_of(order))


def _want_red_letter(row: InvoiceRequest, reason: str, actor: Actor, now: datetime) -> None:
    rows.move(row, "ask_red_letter", actor, now, reason=reason, due_at=now + value(RED_LETTER_TIME))
    rows.raise_work(RED_LETTER, row, now)


def _free_number(number: str, column: str) -> str:
    """Raises: Invalid, when there is none or another invoice has it."""
    number = number.strip()
    rows.require(number, "/number", mark("Enter the number of the invoice."))
    if InvoiceRequest.objects.filter(**{column: number}).exists():
        message = mark("Another invoice has this number.")
        raise Invalid(message, code="number_in_use", issues=[Issue("/number", "number_in_use", message)])
    return number
