"""What a customer may still change before the order leaves the house. SOP: O18"""

from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Transition
from opsdesk.common.text import mark
from opsdesk.notifications.services import Message, tell_role
from orders.enums.orders import OrderStatus
from orders.errors import AlreadyShipped
from orders.models import Order
from orders.queries.fulfilment.handed import has_left
from orders.rules.intake.draft import DraftAddress
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import cancelling, steps
from orders.services.carriers.choosing import choose_anew
from orders.services.events import KIND
from orders.services.fulfilment import recalls
from orders.services.grouping import sharing
from orders.services.intake.readdressing import readdress
from orders.services.intake.verifying import note_answer_of_shop

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
    pays back what was paid. What the warehouse system has taken over is cancelled when it says that it could stop it.

    Raises: NotFound, Forbidden, IllegalTransition, AlreadyShipped, BeingCancelled.
    SOP: O18
    """
    order, step = _enter(order_id, "cancel", actor)
    if recalls.ask(order, reason=reason, actor=actor, now=now):
        return order
    _tell_warehouse(order, "cancelled", mark("Order %(number)s was cancelled: do not ship it."), now)
    cancelling.cancel(order, step, reason=reason, actor=actor, now=now)
    return order


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
