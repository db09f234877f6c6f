"""The way of a purchase order: sent, approved above the limit, put off, closed, cancelled."""

from datetime import date, datetime
from decimal import ROUND_CEILING

from django.db import transaction
from django.db.models import F

from catalog.enums.inbound import PurchaseStatus
from catalog.enums.stock import AlertStatus
from catalog.models import PurchaseOrder, StockAlert
from catalog.parameters.inbound import APPROVE_WITHIN, CHASE_WITHIN, PURCHASE_LIMIT
from catalog.queries.inbound.goods import late_lines
from catalog.queries.inbound.purchases import amount_of, hash_of, lines_of
from catalog.rules.inbound.lifecycles import PURCHASE_LIFECYCLE
from catalog.rules.inbound.replenishment import needs_approval
from catalog.services.inbound.base import refusal
from catalog.services.inbound.purchasing import KIND, day_issues, lock_purchase
from catalog.services.inbound.requests import mark_ordered, reopen_requests
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_item, raise_many, resolve
from opsdesk.parameters.queries import value
from opsdesk.reviews import services as reviews
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Content, Verdict

REVIEW, STAGE = "catalog.purchase", "amount"
APPROVAL, RETURNED, LATE = "catalog.purchase_approval", "catalog.purchase_returned", "catalog.purchase_late"


@transaction.atomic
def send_purchase(*, order_id: int, actor: Actor, now: datetime) -> PurchaseOrder:
    """Send a draft to its supplier; above the limit it first goes to a second person.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no lines, a day that has passed).
    SOP: C12
    """
    order = lock_purchase(order_id, actor)
    PURCHASE_LIFECYCLE.enter("send", order.status, actor)
    lines = lines_of(order)
    if issues := day_issues([line.expected_on for line in lines], now):
        raise refusal(*issues)
    resolve(kind=RETURNED, subject_ids=[order.public_id], outcome="sent", actor=actor, now=now)
    amount = amount_of(order)
    if not needs_approval(amount=int(amount.to_integral_value(ROUND_CEILING)), limit=value(PURCHASE_LIMIT)):
        _send(order, "send", actor, now)
        return order
    content = Content(REVIEW, KIND, order.public_id, hash_of(order), order.author_id, order.last_editor_id)
    due_at = now + value(APPROVE_WITHIN)
    reviews.request(content=content, stage=STAGE, due_at=due_at, actor=actor, now=now)
    params = {"number": order.number, "amount": f"{amount}"}
    raise_item(Work(APPROVAL, KIND, order.public_id, due_at, params=params), now=now)
    _move(order, "submit", PurchaseStatus.IN_REVIEW, actor, now)
    return order


@transaction.atomic
def withdraw_purchase(*, order_id: int, actor: Actor, now: datetime) -> PurchaseOrder:
    """Take an order back from the second person, to write it anew. Raises: NotFound, Forbidden, IllegalTransition."""
    order = lock_purchase(order_id, actor)
    PURCHASE_LIFECYCLE.enter("withdraw", order.status, actor)
    _leave_review(order, "withdrawn", actor, now)
    _move(order, "withdraw", PurchaseStatus.DRAFT, actor, now)
    return order


@transaction.atomic
def decide_purchase(
    *, order_id: int, approve: bool, seen_hash: str, reason: str = "", actor: Actor, now: datetime
) -> PurchaseOrder:
    """Approve an order above the limit, which sends it, or return it with a reason; never one's own, superusers included.

    Raises: NotFound, Forbidden, IllegalTransition, Stale (another content than the one seen), Invalid (no reason).
    SOP: C12
    """
    order = lock_purchase(order_id, actor)
    step = PURCHASE_LIFECYCLE.enter("approve" if approve else "return", order.status, actor)
    review = ReviewRequest.objects.get(kind=REVIEW, subject_id=order.public_id, state=ReviewState.PENDING)
    state = ReviewState.APPROVED if approve else ReviewState.RETURNED
    verdict = Verdict(state, seen_hash, [reason] if reason else [])
    reviews.decide(review_id=review.pk, verdict=verdict, permission=step.permission, actor=actor, now=now)
    resolve(kind=APPROVAL, subject_ids=[order.public_id], outcome=state, actor=actor, now=now)
    if approve:
        order.approver_id = actor.staff_id
        order.save(update_fields=["approver"])
        _send(order, step.name, actor, now)
    else:
        _move(order, step.name, PurchaseStatus.DRAFT, actor, now, reason)
        params = {"number": order.number, "reason": reason}
        raise_item(Work(RETURNED, KIND, order.public_id, now + value(APPROVE_WITHIN), params=params), now=now)
    return order


@transaction.atomic
def reschedule_purchase(*, order_id: int, expected_on: date, reason: str, actor: Actor, now: datetime) -> PurchaseOrder:
    """Note the new day that the supplier promises for what has not come.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (a day that has passed).
    SOP: C12
    """
    order = lock_purchase(order_id, actor)
    PURCHASE_LIFECYCLE.enter("reschedule", order.status, actor)
    if issues := day_issues([expected_on], now):
        raise refusal(*issues)
    order.lines.filter(received__lt=F("quantity")).update(expected_on=expected_on)
    StockAlert.objects.filter(purchase_order=order, status=AlertStatus.ORDERED).update(expected_on=expected_on)
    resolve(kind=LATE, subject_ids=[order.public_id], outcome="rescheduled", actor=actor, now=now)
    after = {"expected_on": expected_on.isoformat()}
    change = Change("catalog.purchase_reschedule", KIND, order.public_id, after=after, reason=reason)
    record(change, actor=actor, now=now)
    return order


@transaction.atomic
def close_purchase(*, order_id: int, reason: str, actor: Actor, now: datetime) -> PurchaseOrder:
    """Say that nothing more comes of an order. Raises: NotFound, Forbidden, IllegalTransition. SOP: C12"""
    order = lock_purchase(order_id, actor)
    PURCHASE_LIFECYCLE.enter("close", order.status, actor)
    finish(order, "close", PurchaseStatus.RECEIVED, actor, now, reason)
    return order


@transaction.atomic
def cancel_purchase(*, order_id: int, reason: str, actor: Actor, now: datetime) -> PurchaseOrder:
    """Give an order up; its requests wait to be ordered again. Raises: NotFound, Forbidden, IllegalTransition. SOP: C12"""
    order = lock_purchase(order_id, actor)
    PURCHASE_LIFECYCLE.enter("cancel", order.status, actor)
    _leave_review(order, "cancelled", actor, now)
    finish(order, "cancel", PurchaseStatus.CANCELLED, actor, now, reason)
    return order


def finish(order: PurchaseOrder, step: str, status: PurchaseStatus, actor: Actor, now: datetime, reason: str = "") -> None:
    """Close a locked order; requests that it did not fill go back to purchasing."""
    order.closed_at = now
    order.save(update_fields=["closed_at"])
    for kind in (LATE, RETURNED):
        resolve(kind=kind, subject_ids=[order.public_id], outcome=status, actor=actor, now=now)
    reopen_requests(order.pk, actor=actor, now=now)
    _move(order, step, status, actor, now, reason)


@transaction.atomic
def scan_late_purchases(*, now: datetime) -> int:
    """Ask purchasing to call the suppliers whose goods did not come on their day. Returns how many orders are late. SOP: C12"""
    today = now.astimezone(SHOP_TIME).date()
    rows = late_lines(today).order_by("order_id").values_list("order__public_id", "order__number", "order__supplier_name")
    late = {public_id: {"number": number, "supplier": supplier} for public_id, number, supplier in rows}
    due_at = now + value(CHASE_WITHIN)
    raise_many([Work(LATE, KIND, public_id, due_at, params=params) for public_id, params in late.items()], now=now)
    return len(late)


def _send(order: PurchaseOrder, step: str, actor: Actor, now: datetime) -> None:
    order.sent_at = now
    order.save(update_fields=["sent_at"])
    days = {line.sku_id: (line.quantity, line.expected_on) for line in lines_of(order)}
    mark_ordered(order.pk, days, actor=actor, now=now)
    _move(order, step, PurchaseStatus.SENT, actor, now)


def _leave_review(order: PurchaseOrder, outcome: str, actor: Actor, now: datetime) -> None:
    reviews.withdraw(kind=REVIEW, subject_id=order.public_id)
    resolve(kind=APPROVAL, subject_ids=[order.public_id], outcome=outcome, actor=actor, now=now)


def _move(order: PurchaseOrder, step: str, status: PurchaseStatus, actor: Actor, now: datetime, reason: str = "") -> None:
    before, order.status = order.status, status
    order.save(update_fields=["status"])
    change = Change(
        f"catalog.purchase_{step}", KIND, order.public_id, before={"status": before}, after={"status": status}, reason=reason
    )
    record(change, actor=actor, now=now)
