"""Deciding on returns: evidence, approval, rejection, disputes."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.enums.finance import RefundSource
from orders.enums.returns import ReturnState, ReturnType
from orders.errors import RefundExceedsPaid
from orders.models import Refund, ReturnRequest
from orders.parameters.returns import RETURN_LIMIT
from orders.queries.manual.entries import resent_worth
from orders.queries.returns import requests as queries
from orders.rules.manual.resending import money_left
from orders.rules.returns import claims
from orders.rules.returns.lifecycle import WITH_PARCEL
from orders.services import notices
from orders.services.finance.refunds import Claim, owe
from orders.services.returns import closing, moving

_NO_REASON = mark("A reason is required.")


@transaction.atomic(savepoint=False)
def ask_evidence(*, return_id: int, reason: str, actor: Actor, now: datetime) -> ReturnRequest:
    """Ask the customer for a photo or video; both clocks stand still until it is there.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (does not say what is missing).
    SOP: S8
    """
    row = moving.enter(return_id, "ask_evidence", actor)
    moving.require(reason, "/reason", _NO_REASON)
    moving.move(row, "ask_evidence", actor=actor, now=now, reason=reason.strip())
    return row


@transaction.atomic(savepoint=False)
def approve_return(*, return_id: int, amount: Decimal | None = None, actor: Actor, now: datetime) -> ReturnRequest:
    """Give the solution: the goods may come back, or the money is owed at once where nothing comes back.

    `amount` replaces what the lines are worth. Above the limit the supervisor decides.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (amount), RefundExceedsPaid.
    SOP: O20, S8
    """
    row = moving.enter(return_id, "approve", actor)
    chosen = _amount(row, amount)
    if chosen > value(RETURN_LIMIT) and not actor.can("orders.decide_large_return"):
        raise Forbidden(mark("A return of this amount is decided by the supervisor."), code="above_limit")
    moving.move(row, "approve", actor=actor, now=now, details={"amount": f"{chosen:.2f}"}, amount=chosen)
    if row.type in WITH_PARCEL:
        moving.move(row, "await_parcel", actor=actor, now=now)
        if text := _way_back(row):
            notices.tell_return(row, text=text, now=now)
    else:
        _pay_back(row, "settle", actor, now)
    return row


@transaction.atomic(savepoint=False)
def reject_return(*, return_id: int, reason: str, clause: str, actor: Actor, now: datetime) -> ReturnRequest:
    """Refuse a return, with the reason and the clause of the policy that the customer is told.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason, no clause).
    SOP: O20
    """
    row = moving.enter(return_id, "reject", actor)
    moving.require(reason, "/reason", _NO_REASON)
    moving.require(clause, "/clause", mark("Name the clause of the policy."))
    columns = {"refusal": reason.strip(), "clause": clause.strip()}
    moving.move(row, "reject", actor=actor, now=now, reason=reason.strip(), details={"clause": clause.strip()}, **columns)
    notices.tell_return(row, text=f"{reason.strip()} ({clause.strip()})", now=now)
    return row


@transaction.atomic(savepoint=False)
def settle_return(
    *, return_id: int, amount: Decimal | None = None, reason: str = "", actor: Actor, now: datetime
) -> ReturnRequest:
    """Owe the money for what the warehouse accepted; an exchange waits for its order instead.

    Where nothing is owed the return ends here, and the customer is told the reason.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (amount; no reason where nothing is owed), RefundExceedsPaid.
    SOP: O20
    """
    row = moving.enter(return_id, "settle", actor)
    row.amount = _amount(row, amount)
    if row.amount:
        _pay_back(row, "settle", actor, now, reason=reason.strip())
        return row
    moving.require(reason, "/reason", mark("Nothing is paid back: write what the customer is told."))
    text = reason.strip()
    moving.move(row, "settle", target=ReturnState.COMPLETED, actor=actor, now=now, reason=text, amount=row.amount, refusal=text)
    notices.tell_return(row, text=text, now=now)
    closing.hand_on(row, now=now)
    return row


@transaction.atomic(savepoint=False)
def dispute(*, return_id: int, reason: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The customer does not agree: the supervisor decides.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason), Conflict (another return holds the pieces by now).
    SOP: S8
    """
    row = moving.enter(return_id, "dispute", actor)
    moving.require(reason, "/reason", _NO_REASON)
    if row.state == ReturnState.REJECTED:
        _require_free(row)
    moving.move(row, "dispute", actor=actor, now=now, reason=reason.strip())
    return row


@transaction.atomic(savepoint=False)
def concede(*, return_id: int, amount: Decimal, reason: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The customer is right: this much goes back. Raises: NotFound, Forbidden, IllegalTransition, Invalid. SOP: S8"""
    row = moving.enter(return_id, "concede", actor)
    moving.require(reason, "/reason", _NO_REASON)
    row.amount = _amount(row, amount, whole=True)
    _pay_back(row, "concede", actor, now, reason=reason.strip())
    return row


@transaction.atomic(savepoint=False)
def uphold(*, return_id: int, reason: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The rejection stands. Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason). SOP: S8"""
    row = moving.enter(return_id, "uphold", actor)
    moving.require(reason, "/reason", _NO_REASON)
    moving.move(row, "uphold", actor=actor, now=now, reason=reason.strip(), refusal=reason.strip())
    return row


@transaction.atomic(savepoint=False)
def cancel_return(*, return_id: int, reason: str = "", actor: Actor, now: datetime) -> ReturnRequest:
    """The customer keeps the goods. Raises: NotFound, Forbidden, IllegalTransition. SOP: O20"""
    row = moving.enter(return_id, "cancel", actor)
    moving.move(row, "cancel", actor=actor, now=now, reason=reason.strip())
    return row


def _way_back(row: ReturnRequest) -> str:
    """What the policy says about sending goods back, empty when it says nothing."""
    lines = row.lines.select_related("policy").order_by("pk")
    texts = dict.fromkeys(line.policy.process for line in lines if line.policy and line.policy.process)
    return "\n".join(texts)


def _require_free(row: ReturnRequest) -> None:
    """Raises: Conflict, when pieces of a rejected return were given back by another one since."""
    shipped, returned = queries.shipped(row.order), queries.claimed(row.order, row.type)
    for line in row.lines.all():
        left = claims.left_to_return(shipped=shipped.get(line.order_line_id, 0), returned=returned.get(line.order_line_id, 0))
        if line.quantity > left:
            raise Conflict(mark("Another return holds these pieces by now."), code="returned_otherwise")


def _amount(row: ReturnRequest, amount: Decimal | None, *, whole: bool = False) -> Decimal:
    """The amount that was chosen. Raises: Invalid, when it is less than nothing or more than the lines are worth."""
    if amount is None:
        return row.amount
    most = row.order.paid_amount if whole or row.type == ReturnType.COMPENSATION else row.amount
    if not 0 <= amount <= most:
        message = mark("The amount lies between 0 and %(most)s.")
        issue = Issue("/amount", "out_of_range", message, {"most": f"{most:.2f}"})
        raise Invalid(message, code="out_of_range", issues=[issue], most=f"{most:.2f}")
    return amount


def _pay_back(row: ReturnRequest, step: str, actor: Actor, now: datetime, reason: str = "") -> None:
    moving.move(row, step, actor=actor, now=now, reason=reason, details={"amount": f"{row.amount:.2f}"}, amount=row.amount)
    if row.type == ReturnType.EXCHANGE and step == "settle":
        return
    if row.type not in WITH_PARCEL:
        _require_not_resent(row)
    source = RefundSource.COMPENSATION if row.type == ReturnType.COMPENSATION else RefundSource.RETURN
    attempt = Refund.objects.filter(source_id=row.public_id).count() + 1  # an earlier one may have been refused
    claim = Claim(row.amount, source, f"return:{row.public_id}:{attempt}", row.public_id, row.note)
    owe(row.order, claim, actor=actor, now=now)


def _require_not_resent(row: ReturnRequest) -> None:
    """Raises: RefundExceedsPaid, when the goods were sent again, so that money without goods would make one loss good twice."""
    order = row.order
    left = money_left(
        paid=order.paid_amount, refunded=order.refunded_amount, owed=order.owed_amount, resent=resent_worth(order)
    )
    if row.amount > left:
        raise RefundExceedsPaid(refundable=f"{left:.2f}", extra={"refundable": f"{left:.2f}"})
