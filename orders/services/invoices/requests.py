"""Invoices that customers ask for. SOP: O7"""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.invoices import InvoiceParty
from orders.enums.orders import OrderStatus, PaymentStatus
from orders.models import InvoiceRequest
from orders.models.invoices import LIVE
from orders.rules.invoices import tax_ids
from orders.services import steps
from orders.services.invoices import rows
from orders.services.invoices.rows import Heading, amount_of

PERMISSION = "orders.request_invoice"
_PAID = (PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED)


@transaction.atomic(savepoint=False)
def request_invoice(*, order_id: int, heading: Heading, actor: Actor, now: datetime) -> InvoiceRequest:
    """Ask finance for an invoice over what was paid and not refunded.

    Raises: NotFound, Forbidden, Conflict (not paid, nothing left, cancelled, asked for already), Invalid (tax id, title).
    SOP: O7
    """
    actor.require(PERMISSION)
    order = steps.lock_orders([order_id], actor)[0]
    heading = _judged(heading)
    if order.status == OrderStatus.CANCELLED or order.payment_status not in _PAID or not amount_of(order):
        raise Conflict(mark("An invoice is made out over what was paid; nothing of this order is."), code="not_paid")
    if InvoiceRequest.objects.filter(order=order, state__in=LIVE).exists():
        raise Conflict(mark("An invoice of this order was asked for already."), code="already_requested")
    return rows.open_request(order, heading, actor, now)


@transaction.atomic(savepoint=False)
def correct_request(*, invoice_id: int, heading: Heading, actor: Actor, now: datetime) -> InvoiceRequest:
    """Write another title, tax id or e-mail before the invoice is issued.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid.
    SOP: O7
    """
    row = rows.enter(invoice_id, "correct", actor)
    heading = _judged(heading)
    changed = [name for name, content in vars(heading).items() if getattr(row, name) != content]
    rows.move(row, "correct", actor, now, details={"changed": changed}, **vars(heading))
    return row


@transaction.atomic(savepoint=False)
def cancel_request(*, invoice_id: int, reason: str, actor: Actor, now: datetime) -> InvoiceRequest:
    """The customer does not want the invoice any more. Raises: NotFound, Forbidden, IllegalTransition, Invalid. SOP: O7"""
    row = rows.enter(invoice_id, "cancel", actor)
    rows.require(reason, "/reason", mark("A reason is required."))
    rows.call_off(row, reason.strip(), actor, now)
    return row


def _judged(heading: Heading) -> Heading:
    """The heading as it is kept. Raises: Invalid, with everything that is wrong."""
    found = Heading(heading.party, heading.title.strip(), tax_ids.plain(heading.tax_id), heading.email.strip())
    issues = []
    if not found.title:
        issues.append(Issue("/title", "required", mark("To whom is the invoice made out?")))
    if found.party == InvoiceParty.COMPANY and not tax_ids.is_valid(found.tax_id):
        message = mark("This is not a tax id: 18 characters whose last one fits the others, or 15 digits.")
        issues.append(Issue("/tax_id", "invalid_tax_id", message))
    if found.party == InvoiceParty.PERSON and found.tax_id:
        issues.append(Issue("/tax_id", "not_a_company", mark("A person has no tax id: make it out to a company.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)
    return found
