"""Which orders could share a parcel, and which do. SOP: O7"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from catalog.queries.picking import places_of, warehouse_codes
from opsdesk.common.actors import Actor
from orders.enums.grouping import GroupState
from orders.enums.orders import OrderStatus
from orders.models import Order, OrderHold, ParcelGroup, ParcelGroupOrder
from orders.queries import visible_to
from orders.rules.grouping.groups import same_place

SHOWN = 100  # proposals, those to be handed over first
_PROPOSED = """
SELECT array_agg(o.id ORDER BY o.id)
FROM orders_order o JOIN orders_deliveryaddress a ON a.order_id = o.id
WHERE o.status IN ('pending', 'processing') AND o.customer_id IS NOT NULL AND o.payment_status <> 'unpaid'
    AND NOT o.historical AND a.street <> '' AND (%(all)s OR o.shop_id = ANY(%(shops)s))
    AND NOT EXISTS (SELECT 1 FROM orders_orderhold h WHERE h.order_id = o.id AND h.released_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM orders_parcelgrouporder g WHERE g.order_id = o.id AND g.active)
    AND NOT EXISTS (SELECT 1 FROM orders_picklistorder p WHERE p.order_id = o.id AND p.active)
GROUP BY o.shop_id, o.customer_id, a.recipient, a.phone, a.province, a.city, a.district, a.street,
    (o.payment_status = 'cod'), o.is_test
HAVING count(*) > 1 AND NOT EXISTS (
    SELECT 1 FROM orders_parcelgroup r WHERE r.state = 'refused' AND r.members = array_agg(o.id ORDER BY o.id))
ORDER BY min(o.due_by) NULLS LAST, min(o.id)
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Proposal:
    """Orders of one buyer to one address. `places` are the codes of the warehouses in which they lie."""

    orders: Sequence[Order]
    places: Sequence[str]

    @property
    def due_by(self) -> datetime | None:
        """When the first of them has to be handed over."""
        return min((order.due_by for order in self.orders if order.due_by), default=None)


def proposals(actor: Actor) -> list[Proposal]:
    """What could go in one parcel and was not decided on, the most urgent first; four statements. SOP: O7"""
    shops = actor.shop_ids
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSED, {"all": shops is None, "shops": list(shops or ()), "most": SHOWN})
        sets = [list(row[0]) for row in cursor.fetchall()]
    keys = [key for members in sets for key in members]
    orders = {order.pk: order for order in visible_to(actor).filter(pk__in=keys).select_related("shop", "address", "customer")}
    codes = warehouse_codes()
    places = places_of([order.public_id for order in orders.values()]) if orders else {}
    return [_proposal([orders[key] for key in members], places, codes) for members in sets]


def active_group(orders: Collection[int]) -> dict[int, int]:
    """The shared parcel of each of these orders, by order; those that share none are left out."""
    rows = ParcelGroupOrder.objects.filter(order__in=orders, active=True, group__state=GroupState.ACCEPTED)
    return dict(rows.values_list("order_id", "group_id"))


def members_of(groups: Collection[int]) -> dict[int, list[int]]:
    """The orders of these shared parcels."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = ParcelGroupOrder.objects.filter(group__in=groups, active=True).order_by("order_id")
    for group, order in rows.values_list("group_id", "order_id"):
        found[group].append(order)
    return found


def mates(order_id: int) -> list[Order]:
    """The other orders in the parcel of this one."""
    group = active_group([order_id]).get(order_id)
    if group is None:
        return []
    return list(
        Order.objects.filter(parcel_places__group=group, parcel_places__active=True).exclude(pk=order_id).order_by("pk")
    )


def waits_for_a_mate() -> Exists:
    """True for orders whose parcel is shared with one that cannot be picked yet."""
    held = OrderHold.objects.filter(order=OuterRef("order"), released_at=None)
    place = ParcelGroupOrder.objects.filter(active=True, group__state=GroupState.ACCEPTED)
    unready = place.exclude(order__status=OrderStatus.PROCESSING) | place.filter(Exists(held))
    return Exists(unready.filter(group__places__order=OuterRef("pk"), group__places__active=True))


def visible_groups(actor: Actor) -> QuerySet[ParcelGroup]:
    """The shared parcels of the shops that the actor sees."""
    rows = ParcelGroup.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def one_place(orders: Sequence[Order]) -> bool:
    """True when everything that is reserved for these orders lies in one warehouse."""
    places = places_of([order.public_id for order in orders])
    return same_place({order.pk: places.get(order.public_id, set()) for order in orders}, [order.pk for order in orders])


def _proposal(orders: Sequence[Order], places: dict[str, set[int]], codes: dict[int, str]) -> Proposal:
    found = {codes[place] for order in orders for place in places.get(order.public_id, ())}
    return Proposal(orders, sorted(found))


def orders_of(group: ParcelGroup) -> QuerySet[Order]:
    """The orders that were decided on together."""
    return Order.objects.filter(pk__in=group.members).order_by("pk")
