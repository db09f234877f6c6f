"""What happens to shared parcels while their orders go on: they are left, packed together, handed over. SOP: O7"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from orders.enums.grouping import GroupState
from orders.enums.orders import OrderStatus
from orders.models import Order, ParcelGroup, ParcelGroupOrder, Shipment
from orders.queries.grouping.groups import active_group, members_of, one_place
from orders.rules.fulfilment.parcels import Parcel

KIND = "parcel_group"
WHY = {
    "cancelled": mark("An order of the parcel was cancelled."),
    "address_changed": mark("An order of the parcel goes to another address."),
    "held": mark("An order of the parcel is on hold."),
    "places": mark("The orders lie in different warehouses."),
}
_ONE_PARCEL = mark("It shares its parcel with %(orders)s: hand all of it over in one parcel, or dissolve the shared parcel.")
_NOT_READY = mark("Its parcel waits for %(orders)s: pack these first, or dissolve the shared parcel.")


def leave(orders: Sequence[Order], why: str, *, actor: Actor, now: datetime) -> None:
    """Dissolve the shared parcels of locked orders: each goes on alone. SOP: O7, O18"""
    groups = set(active_group([order.pk for order in orders]).values())
    if groups:
        end(lock_many(ParcelGroup.objects.filter(pk__in=groups).select_related("shop")), WHY[why], actor=actor, now=now)


def part_if_apart(orders: Sequence[Order], *, actor: Actor, now: datetime) -> None:
    """Dissolve the shared parcels of locked orders whose goods lie in different warehouses now. SOP: O7, O8"""
    group_of = active_group([order.pk for order in orders])
    members = members_of(set(group_of.values()))
    for group, keys in members.items():
        mates = list(Order.objects.filter(pk__in=keys))
        released = all(order.status == OrderStatus.PROCESSING for order in mates)
        if released and not one_place(mates):
            leave([order for order in orders if group_of.get(order.pk) == group], "places", actor=actor, now=now)


def end(
    groups: Sequence[ParcelGroup],
    reason: str,
    *,
    state: GroupState = GroupState.DISSOLVED,
    actor: Actor,
    now: datetime,
    shipment: Shipment | None = None,
) -> None:
    """Write that locked groups are over: dissolved, or shipped. Their orders are free again where they were not shipped."""
    keys = [group.pk for group in groups]
    columns = {"state": state, "ended_at": now, "ended_by": actor.label, "shipment": shipment}
    if state == GroupState.DISSOLVED:
        columns["reason"] = reason
        ParcelGroupOrder.objects.filter(group__in=keys).update(active=False)
    ParcelGroup.objects.filter(pk__in=keys).update(**columns)
    for group in groups:
        for name, content in columns.items():
            setattr(group, name, content)
    record_many([news(group, str(state), reason) for group in groups], actor=actor, now=now)


def news(group: ParcelGroup, what: str, reason: str = "") -> Change:
    """What the trail says of a shared parcel."""
    after = {"state": group.state, "orders": group.members}
    return Change(f"orders.parcel_group_{what}", KIND, group.public_id, shop=group.shop.code, after=after, reason=reason)


def parcels_of(order_id: int, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
    """The parcels in which an order is handed over: a shared one takes its other orders along.

    Raises: Conflict (several parcels for a shared one, or an order of it that is not packed).
    SOP: O7, O12
    """
    group = active_group([order_id]).get(order_id)
    if group is None:
        return parcels
    mates = Order.objects.filter(pk__in=members_of([group])[group]).exclude(pk=order_id).order_by("pk")
    if len(parcels) != 1 or parcels[0].contents is not None:
        raise Conflict(_ONE_PARCEL, code="shared_parcel", orders=", ".join(order.number for order in mates))
    if waiting := [order.number for order in mates if order.status != OrderStatus.READY_TO_SHIP]:
        raise Conflict(_NOT_READY, code="shared_parcel", orders=", ".join(waiting))
    return [replace(parcels[0], orders=tuple(order.public_id for order in mates))]


def shipped(orders: Sequence[Order], shipments: Sequence[Shipment], *, actor: Actor, now: datetime) -> None:
    """The shared parcel of these locked orders has left the house. SOP: O7"""
    groups = set(active_group([order.pk for order in orders]).values())
    if groups:
        rows = lock_many(ParcelGroup.objects.filter(pk__in=groups).select_related("shop"))
        end(rows, "", state=GroupState.SHIPPED, actor=actor, now=now, shipment=shipments[0])


def complete(orders: Sequence[Order]) -> list[Order]:
    """Of these orders those that can be picked now: of a shared parcel all or none. SOP: O7, O9"""
    own = {order.pk for order in orders}
    group_of = active_group(own)
    members = members_of(set(group_of.values()))
    return [order for order in orders if order.pk not in group_of or own.issuperset(members[group_of[order.pk]])]


def bins(orders: Sequence[Order]) -> dict[int, int]:
    """The sort bin of each order, from 1: orders of one parcel share theirs. SOP: O7, O9"""
    group_of = active_group({order.pk for order in orders})
    numbers: dict[object, int] = {}
    return {
        order.pk: numbers.setdefault(("group", group_of[order.pk]) if order.pk in group_of else order.pk, len(numbers) + 1)
        for order in orders
    }


def with_mates(order_ids: Collection[int]) -> set[int]:
    """These orders and all that share a parcel with one of them."""
    members = members_of(set(active_group(order_ids).values()))
    return {*order_ids, *(key for keys in members.values() for key in keys)}
