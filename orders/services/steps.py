"""Taking a step of the order lifecycle: the one place that changes an order's status."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_many
from opsdesk.webhooks.services import emit_many
from orders.errors import OnHold
from orders.models import Order, OrderHold
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services.events import KIND, order_news


def lock_orders(order_ids: Collection[int], actor: Actor) -> list[Order]:
    """Lock orders that the actor may know of, in the order of their key.

    Raises: NotFound, when one of them is not there for this actor.
    """
    orders = lock_many(Order.objects.filter(pk__in=order_ids).select_related("shop"))
    if len(orders) != len(set(order_ids)) or not all(actor.sees_shop(order.shop_id) for order in orders):
        raise NotFound()
    return orders


def enter(orders: Sequence[Order], name: str, actor: Actor) -> Transition:
    """Leave to take the step with every one of these locked orders.

    Raises: Forbidden, IllegalTransition.
    """
    step = ORDER_LIFECYCLE.transitions[name]
    actor.require(step.permission)
    for order in orders:
        ORDER_LIFECYCLE.enter(name, order.status, actor)
    return step


def require_no_holds(orders: Sequence[Order]) -> None:
    """Raises: OnHold, when one of these orders has an open hold. SOP: O5"""
    held = OrderHold.objects.filter(order__in=orders, released_at=None).values_list("order__number", "code")
    if found := list(held):
        raise OnHold(orders=", ".join(f"{number} ({code})" for number, code in found))


def move(
    orders: Sequence[Order],
    step: Transition,
    *,
    event: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Put locked orders into the step's target state with one statement each for rows, events and audit.

    `columns` are written along, such as ``released_at=now``; `details` stand in the audit and the event. Without
    `event` nothing is told outside.
    """
    before = {order.pk: order.status for order in orders}
    target = step.target or None
    changes = columns | ({"status": target} if target else {})
    # a step that keeps the state changes the order as well: its version must move
    Order.objects.filter(pk__in=list(before)).update(**(changes or {"status": F("status")}))
    for order in orders:
        for name, value in changes.items():
            setattr(order, name, value)
    told = dict(details or {})
    if event:
        emit_many([order_news(event, order, **told) for order in orders], now=now)
    record_many(
        [
            Change(
                f"orders.{step.name}",
                KIND,
                order.public_id,
                shop=order.shop.code,
                before={"status": before[order.pk]},
                after={"status": order.status, **told},
                reason=reason,
            )
            for order in orders
        ],
        actor=actor,
        now=now,
    )
