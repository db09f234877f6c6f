"""What a customer may still change before the order leaves the house. SOP: O18"""

from datetime import datetime

from django.db import transaction

from catalog.services import stock
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Transition
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.notifications.services import Message, tell_role
from orders.enums.finance import RefundSource
from orders.enums.orders import OrderStatus
from orders.enums.rounds import RoundDecision
from orders.errors import AlreadyShipped
from orders.models import Order, OrderHold
from orders.queries.fulfilment.handed import has_left
from orders.rules.finance.refunds import refundable
from orders.rules.intake.draft import DraftAddress
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import overdue, steps
from orders.services.carriers.choosing import choose_anew
from orders.services.contact import customer_answered
from orders.services.events import KIND
from orders.services.finance.refunds import Claim, owe
from orders.services.fulfilment import allocation
from orders.services.grouping import sharing
from orders.services.intake.readdressing import readdress
from orders.services.intake.verifying import note_answer_of_shop
from orders.services.manual import withdrawing
from orders.services.rounds.items import note_decision

_IN_WAREHOUSE = {OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP}


@transaction.atomic(savepoint=False)
def change_address(*, order_id: int, address: DraftAddress, actor: Actor, now: datetime) -> Order:
    """Send an order elsewhere. Address and contact are checked again: what is complete now lifts its hold once
    the customer's word is recorded, what is missing now holds the order. The warehouse is told if it has the order already.

    Raises: NotFound, Forbidden, IllegalTransition, AlreadyShipped.
    SOP: O18, O5
    """
    order, step = _enter(order_id, "change_address", actor)
    changed = readdress(order, address, actor=actor, now=now)
    choose_anew(order, actor=actor, now=now)
    sharing.leave([order], "address_changed", actor=actor, now=now)
    note_answer_of_shop(order, changed.lifted, answer="", actor=actor, now=now)
    _tell_warehouse(order, "address_changed", mark("The delivery address of order %(number)s has changed."), now)
    steps.move([order], step, event=changed.event, actor=actor, now=now, details=changed.details, **changed.columns)
    return order


@transaction.atomic(savepoint=False)
def cancel_order(*, order_id: int, reason: str, actor: Actor, now: datetime) -> Order:
    """Cancel an order that has not left the house: its pieces are on sale again, nobody works on it any more, and finance
    pays back what was paid.

    Raises: NotFound, Forbidden, IllegalTransition, AlreadyShipped.
    SOP: O18
    """
    order, _ = _enter(order_id, "cancel", actor)
    call_off(order, reason=reason, actor=actor, now=now)
    return order


def call_off(order: Order, *, reason: str, actor: Actor, now: datetime) -> None:
    """Cancel a locked order that is still in the house; the caller has decided that the actor may."""
    step = ORDER_LIFECYCLE.transitions["cancel"]
    _tell_warehouse(order, "cancelled", mark("Order %(number)s was cancelled: do not ship it."), now)
    stock.release([order.public_id])
    OrderHold.objects.filter(order=order, released_at=None).update(released_at=now, released_by=actor.label)
    customer_answered([order], outcome="cancelled", actor=actor, now=now)
    overdue.close([order.pk], actor, now, outcome="cancelled")
    inbox.resolve(kind=allocation.WORK, subject_ids=[order.public_id], outcome="cancelled", actor=actor, now=now)
    note_decision([order.pk], RoundDecision.CANCEL, note=reason, actor=actor, now=now)
    due = refundable(paid=order.paid_amount, refunded=order.refunded_amount, owed=order.owed_amount)
    if due and not order.is_test:
        claim = Claim(due, RefundSource.CANCELLATION, f"cancel:{order.public_id}", reason=reason)
        owe(order, claim, actor=actor, now=now)
    withdrawing.order_cancelled(order, actor=actor, now=now)
    sharing.leave([order], "cancelled", actor=actor, now=now)
    details = {"refund_due": f"{due:.2f}"}
    steps.move([order], step, event="cancelled", actor=actor, now=now, reason=reason, details=details, cancelled_at=now)


def _enter(order_id: int, name: str, actor: Actor) -> tuple[Order, Transition]:
    """Lock the order and get leave; one that has left the house is for the carrier to stop. SOP: O18"""
    actor.require(ORDER_LIFECYCLE.transitions[name].permission)
    order = steps.lock_orders([order_id], actor)[0]
    if order.status == OrderStatus.SHIPPED or (order.status == OrderStatus.READY_TO_SHIP and has_left(order.pk)):
        raise AlreadyShipped(extra={"intercept": f"/api/v1/orders/{order.public_id}/intercept/"})
    return order, steps.enter([order], name, actor)


def _tell_warehouse(order: Order, what: str, text: str, now: datetime) -> None:
    if order.status in _IN_WAREHOUSE:
        key = f"order.{what}:{order.public_id}:{now.isoformat()}"
        message = Message(f"order.{what}", key, text, KIND, order.public_id, {"number": order.number})
        tell_role(message, role=Role.WAREHOUSE, shop_id=order.shop_id, now=now)
