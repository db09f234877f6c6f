"""Deciding which orders of one buyer leave in one parcel. SOP: O7"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from orders.enums.grouping import GroupState
from orders.enums.orders import OrderStatus, PaymentStatus
from orders.errors import AlreadyPicking
from orders.models import Order, ParcelGroup, ParcelGroupOrder, PickListOrder
from orders.queries.grouping.groups import active_group, one_place
from orders.rules.grouping.groups import GROUP_LIFECYCLE
from orders.services import steps
from orders.services.grouping import sharing
from orders.services.intake import check_rows

PERMISSION = "orders.group_order"
_OPEN = (OrderStatus.PENDING, OrderStatus.PROCESSING)
_NOT_ALIKE = mark("One parcel takes orders of one buyer to one address, none of them packed or unpaid.")


@transaction.atomic(savepoint=False)
def share_parcel(*, order_ids: Collection[int], actor: Actor, now: datetime) -> ParcelGroup:
    """Let orders of one buyer to one address be picked and packed side by side, and leave under one tracking number.

    Raises: NotFound, Forbidden, OnHold, AlreadyPicking, Conflict (not alike, another parcel's already, in different
    warehouses).
    SOP: O7
    """
    actor.require(PERMISSION)
    orders = steps.lock_orders(order_ids, actor)
    _judge(orders)
    steps.require_no_holds(orders)
    if PickListOrder.objects.filter(order__in=orders, active=True).exists():
        raise AlreadyPicking(orders=", ".join(order.number for order in orders))
    if not one_place(orders):
        raise Conflict(sharing.WHY["places"], code="different_warehouses")
    group = _write(orders, GroupState.ACCEPTED, "", actor, now)
    ParcelGroupOrder.objects.bulk_create(ParcelGroupOrder(group=group, order=order) for order in orders)
    record(sharing.news(group, "accepted"), actor=actor, now=now)
    return group


@transaction.atomic(savepoint=False)
def keep_apart(*, order_ids: Collection[int], reason: str, actor: Actor, now: datetime) -> ParcelGroup:
    """Refuse the proposal, with the reason: these orders are not proposed again together.

    Raises: NotFound, Forbidden, Invalid (no reason), Conflict (not alike, decided on already).
    SOP: O7
    """
    actor.require(PERMISSION)
    _require(reason)
    orders = steps.lock_orders(order_ids, actor)
    _judge(orders)
    if ParcelGroup.objects.filter(state=GroupState.REFUSED, members=[order.pk for order in orders]).exists():
        raise Conflict(mark("It was decided already that these go apart."), code="already_decided")
    group = _write(orders, GroupState.REFUSED, reason.strip(), actor, now)
    record(sharing.news(group, "refused", reason.strip()), actor=actor, now=now)
    return group


@transaction.atomic(savepoint=False)
def dissolve(*, group_id: int, reason: str, actor: Actor, now: datetime) -> ParcelGroup:
    """Let the orders of a shared parcel go on alone, with the reason.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O7
    """
    actor.require(PERMISSION)
    _require(reason)
    members = ParcelGroupOrder.objects.filter(group=group_id).values_list("order_id", flat=True)
    steps.lock_orders(list(members), actor)
    group = lock_many(ParcelGroup.objects.filter(pk=group_id).select_related("shop"))[0]
    GROUP_LIFECYCLE.enter("dissolve", group.state, actor)
    sharing.end([group], reason.strip(), actor=actor, now=now)
    return group


def _require(reason: str) -> None:
    if not reason.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])


def _judge(orders: Sequence[Order]) -> None:
    """Raises: Conflict, when the orders cannot share a parcel."""
    alike = {
        (
            order.shop_id,
            order.customer_id,
            check_rows.address_of(order),
            order.payment_status == PaymentStatus.COD,
            order.is_test,
        )
        for order in orders
    }
    ready = all(
        order.status in _OPEN and order.customer_id and order.payment_status != PaymentStatus.UNPAID for order in orders
    )
    if len(orders) < 2 or len(alike) != 1 or not ready:
        raise Conflict(_NOT_ALIKE, code="not_alike")
    if active_group([order.pk for order in orders]):
        raise Conflict(mark("One of them shares a parcel already."), code="already_shared")


def _write(orders: Sequence[Order], state: GroupState, reason: str, actor: Actor, now: datetime) -> ParcelGroup:
    return ParcelGroup.objects.create(
        shop=orders[0].shop,
        state=state,
        members=[order.pk for order in orders],
        reason=reason,
        decided_at=now,
        decided_by=actor.label,
    )
