"""The refund ledger: what is owed to customers, who approves it, and what was paid."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import News, emit
from orders.enums.finance import RefundSource, RefundState
from orders.errors import RefundExceedsPaid
from orders.models import Order, Refund
from orders.parameters.finance import REFUND_LIMIT, REFUND_TIME
from orders.rules.finance.refunds import REFUND_LIFECYCLE, first_state, payment_after, refundable
from orders.services import steps
from orders.services.invoices import issuing
from orders.services.returns import closing

KIND = "refund"
PAY, APPROVE = "orders.refund_to_pay", "orders.refund_approval"


@dataclass(frozen=True)
class Claim:
    """Why money goes back. `key` makes it owed once: the same key answers the same refund."""

    amount: Decimal
    source: RefundSource
    key: str
    source_id: str = ""
    reason: str = ""


@transaction.atomic
def owe(order: Order, claim: Claim, *, actor: Actor, now: datetime) -> Refund:
    """Enter a refund of a locked order: finance pays it, above the limit once a second person has approved it.

    The caller has decided that the customer gets it, and whether the actor may say so.
    Raises: RefundExceedsPaid, Invalid (nothing to refund).
    SOP: O20, S8
    """
    if known := Refund.objects.filter(key=claim.key).first():
        return known
    _judge(order, claim.amount)
    refund = Refund.objects.create(
        order=order,
        state=first_state(claim.amount, value(REFUND_LIMIT)),
        source=claim.source,
        source_id=claim.source_id,
        amount=claim.amount,
        currency=order.currency,
        reason=claim.reason,
        key=claim.key,
        author_id=actor.staff_id,
        asked_by=actor.label,
        due_at=now + value(REFUND_TIME),
    )
    _book(order, owed=order.owed_amount + claim.amount)
    _record(refund, "owed", "", actor, now)
    _raise_work(refund, now)
    return refund


@transaction.atomic(savepoint=False)
def approve_refund(*, refund_id: int, actor: Actor, now: datetime) -> Refund:
    """Let a refund above the limit be paid; never one that the same person asked for, superusers included.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: S8
    """
    refund = _enter(refund_id, "approve", actor)
    _require_second_person(refund, actor)
    resolve(kind=APPROVE, subject_ids=[refund.public_id], outcome="approved", actor=actor, now=now)
    _move(refund, "approve", actor, now, approver_id=actor.staff_id, approved_by=actor.label)
    _raise_work(refund, now)
    return refund


@transaction.atomic(savepoint=False)
def reject_refund(*, refund_id: int, reason: str, actor: Actor, now: datetime) -> Refund:
    """Refuse a refund above the limit, with the reason; nothing is owed any more.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: S8
    """
    refund = _enter(refund_id, "reject", actor)
    _require_second_person(refund, actor)
    _require(reason, "/reason", mark("A reason is required."))
    resolve(kind=APPROVE, subject_ids=[refund.public_id], outcome="rejected", actor=actor, now=now)
    _book(refund.order, owed=refund.order.owed_amount - refund.amount)
    _move(refund, "reject", actor, now, reason=reason.strip())
    if refund.source in (RefundSource.RETURN, RefundSource.COMPENSATION):
        closing.refund_refused(refund, reason=reason.strip(), actor=actor, now=now)
    return refund


@transaction.atomic(savepoint=False)
def pay_refund(*, refund_id: int, reference: str, actor: Actor, now: datetime) -> Refund:
    """The money has gone back: the order's payment says so, and the storefront is told.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reference).
    SOP: O20
    """
    refund = _enter(refund_id, "pay", actor)
    _require(reference, "/reference", mark("Enter the reference of the payment."))
    money_has_gone(refund, "pay", reference.strip(), actor, now)
    return refund


def money_has_gone(refund: Refund, step: str, reference: str, actor: Actor, now: datetime) -> None:
    """Take a step of a locked refund of a locked order that leaves it paid; the caller has leave for it. SOP: O20"""
    order = refund.order
    refunded = order.refunded_amount + refund.amount
    _book(
        order,
        owed=order.owed_amount - refund.amount,
        refunded_amount=refunded,
        payment_status=payment_after(paid=order.paid_amount, refunded=refunded),
    )
    resolve(kind=PAY, subject_ids=[refund.public_id], outcome="paid", actor=actor, now=now)
    _move(refund, step, actor, now, reference=reference, paid_at=now, paid_by=actor.label, failure="")
    emit(_news("succeeded", refund), now=now)
    issuing.after_refund(order, actor=actor, now=now)
    if refund.source in (RefundSource.RETURN, RefundSource.COMPENSATION):
        closing.refund_paid(refund, actor=actor, now=now)


@transaction.atomic(savepoint=False)
def fail_refund(*, refund_id: int, reason: str, actor: Actor, now: datetime) -> Refund:
    """The payment did not go through: the money is the order's again until somebody tries once more.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O20
    """
    refund = _enter(refund_id, "fail", actor)
    _require(reason, "/reason", mark("A reason is required."))
    _book(refund.order, owed=refund.order.owed_amount - refund.amount)
    _move(refund, "fail", actor, now, failure=reason.strip())
    emit(_news("failed", refund), now=now)
    return refund


@transaction.atomic(savepoint=False)
def retry_refund(*, refund_id: int, actor: Actor, now: datetime) -> Refund:
    """Put a failed refund on the list again. Raises: NotFound, Forbidden, IllegalTransition, RefundExceedsPaid. SOP: O20"""
    refund = _enter(refund_id, "retry", actor)
    _judge(refund.order, refund.amount)
    _book(refund.order, owed=refund.order.owed_amount + refund.amount)
    _move(refund, "retry", actor, now)
    return refund


def _enter(refund_id: int, name: str, actor: Actor) -> Refund:
    """Lock the order, then the refund, and get leave. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(REFUND_LIFECYCLE.transitions[name].permission)
    order_id = Refund.objects.filter(pk=refund_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound()
    order = steps.lock_orders([order_id], actor)[0]
    refund = lock_one(Refund.objects.filter(pk=refund_id))
    refund.order = order
    REFUND_LIFECYCLE.enter(name, refund.state, actor)
    return refund


def _judge(order: Order, amount: Decimal) -> None:
    if amount <= 0:
        message = mark("The amount must be more than nothing.")
        raise Invalid(message, code="out_of_range", issues=[Issue("/amount", "out_of_range", message)])
    left = refundable(paid=order.paid_amount, refunded=order.refunded_amount, owed=order.owed_amount)
    if amount > left:
        raise RefundExceedsPaid(refundable=f"{left:.2f}", extra={"refundable": f"{left:.2f}"})


def _require(text: str, pointer: str, message: str) -> None:
    if not text.strip():
        raise Invalid(message, code="required", issues=[Issue(pointer, "required", message)])


def _require_second_person(refund: Refund, actor: Actor) -> None:
    if actor.staff_id is None or actor.staff_id == refund.author_id:
        raise Forbidden(mark("Who asked for the refund may not decide on it."), code="four_eyes")


def _book(order: Order, *, owed: Decimal, **columns: Any) -> None:
    """Write the order's sums; the database refuses more than was paid."""
    columns["owed_amount"] = owed
    Order.objects.filter(pk=order.pk).update(**columns)
    for name, content in columns.items():
        setattr(order, name, content)


def _move(refund: Refund, step: str, actor: Actor, now: datetime, **columns: Any) -> None:
    before = refund.state
    columns["state"] = REFUND_LIFECYCLE.transitions[step].target
    Refund.objects.filter(pk=refund.pk).update(**columns)
    for name, content in columns.items():
        setattr(refund, name, content)
    _record(refund, step, before, actor, now)


def _record(refund: Refund, step: str, before: str, actor: Actor, now: datetime) -> None:
    change = Change(
        f"orders.refund_{step}",
        KIND,
        refund.public_id,
        shop=refund.order.shop.code,
        before={"state": before} if before else {},
        after={"state": refund.state, "order": refund.order.number, "amount": f"{refund.amount:.2f}"},
        reason=refund.failure or refund.reason,
    )
    record(change, actor=actor, now=now)


def _raise_work(refund: Refund, now: datetime) -> None:
    kind = PAY if refund.state == RefundState.TO_PAY else APPROVE
    params = {"number": refund.order.number, "amount": f"{refund.amount:.2f}"}
    raise_item(Work(kind, KIND, refund.public_id, refund.due_at, shop_id=refund.order.shop_id, params=params), now=now)


def _news(type_: str, refund: Refund) -> News:
    data = {
        "id": refund.public_id,
        "shop": refund.order.shop.code,
        "order": refund.order.public_id,
        "amount": f"{refund.amount:.2f}",
        "currency": refund.currency,
        "source": refund.source,
        "source_id": refund.source_id,
        "reference": refund.reference,
        "failure": refund.failure,
    }
    return News(f"refund.{type_}", KIND, refund.public_id, refund.order.shop_id, data)
