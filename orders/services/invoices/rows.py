"""Rows of invoice requests: entering a step, taking it, and the work that comes of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from orders.models import InvoiceRequest, Order
from orders.parameters.manual import INVOICE_TIME
from orders.rules.invoices.lifecycle import INVOICE_LIFECYCLE
from orders.services import steps

KIND = "invoice"
ISSUE, RED_LETTER = "orders.invoice_to_issue", "orders.red_letter_to_issue"


@dataclass(frozen=True)
class Heading:
    """To whom the invoice is made out, and where it is sent."""

    party: str
    title: str
    tax_id: str = ""
    email: str = ""


def amount_of(order: Order) -> Decimal:
    """What an invoice is made out over: paid less refunded. SOP: O7"""
    return order.paid_amount - order.refunded_amount


def enter(invoice_id: int, name: str, actor: Actor) -> InvoiceRequest:
    """Lock the order, then the request, and get leave. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(INVOICE_LIFECYCLE.transitions[name].permission)
    order_id = InvoiceRequest.objects.filter(pk=invoice_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound()
    order = steps.lock_orders([order_id], actor)[0]
    row = lock_one(InvoiceRequest.objects.filter(pk=invoice_id))
    row.order = order
    INVOICE_LIFECYCLE.enter(name, row.state, actor)
    return row


def open_request(order: Order, heading: Heading, actor: Actor, now: datetime) -> InvoiceRequest:
    """A request for finance, over what is paid now; the order is locked."""
    row = InvoiceRequest.objects.create(
        order=order,
        amount=amount_of(order),
        currency=order.currency,
        asked_by=actor.label,
        asked_at=now,
        due_at=now + value(INVOICE_TIME),
        **vars(heading),
    )
    _record(row, "request", "", {}, "", actor, now)
    raise_work(ISSUE, row, now)
    return row


def call_off(row: InvoiceRequest, reason: str, actor: Actor, now: datetime) -> None:
    """Nobody has to issue the invoice any more."""
    resolve(kind=ISSUE, subject_ids=[row.public_id], outcome="cancelled", actor=actor, now=now)
    move(row, "cancel", actor, now, reason=reason, due_at=None)


def move(
    row: InvoiceRequest, step: str, actor: Actor, now: datetime, *, reason: str = "", details: Any = None, **columns: Any
) -> None:
    """Take a step of a locked request, and write it down."""
    before = row.state
    columns["state"] = INVOICE_LIFECYCLE.transitions[step].target or row.state
    if reason:
        columns["reason"] = reason
    InvoiceRequest.objects.filter(pk=row.pk).update(**columns)
    for name, content in columns.items():
        setattr(row, name, content)
    _record(row, step, before, details or {}, reason, actor, now)


def raise_work(kind: str, row: InvoiceRequest, now: datetime) -> None:
    """Make it somebody's work."""
    params = {"number": row.order.number, "amount": f"{row.amount:.2f}"}
    assert row.due_at
    raise_item(Work(kind, KIND, row.public_id, row.due_at, shop_id=row.order.shop_id, params=params), now=now)


def require(text: str, pointer: str, message: str) -> None:
    """Raises: Invalid, when the text is empty."""
    if not text.strip():
        raise Invalid(message, code="required", issues=[Issue(pointer, "required", message)])


def _record(
    row: InvoiceRequest, step: str, before: str, details: dict[str, Any], reason: str, actor: Actor, now: datetime
) -> None:
    change = Change(
        f"orders.invoice_{step}",
        KIND,
        row.public_id,
        shop=row.order.shop.code,
        before={"state": before} if before else {},
        after={"state": row.state, "order": row.order.number, "amount": f"{row.amount:.2f}", **details},
        reason=reason,
    )
    record(change, actor=actor, now=now)
