"""Which orders do not fit in one parcel. SOP: O7"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from catalog.queries import picking as shelves
from catalog.queries.offers import warehouses_of
from catalog.queries.range import range_of
from opsdesk.common.actors import Actor
from orders.enums.grouping import SplitKind
from orders.models import Allocation, Order
from orders.queries import visible_to
from orders.rules.grouping.splits import Part, parts_of

SHOWN = 100  # proposals of each kind, those to be handed over first
_PLACES = """
SELECT o.id FROM orders_order o
WHERE o.status IN ('pending', 'processing') AND (%(all)s OR o.shop_id = ANY(%(shops)s)) AND (%(one)s IS NULL OR o.id = %(one)s)
    AND NOT EXISTS (SELECT 1 FROM orders_ordersplit s WHERE s.order_id = o.id)
    AND (SELECT count(DISTINCT r.warehouse_id) FROM catalog_reservation r WHERE r.owner_ref = o.public_id) > 1
ORDER BY o.due_by NULLS LAST, o.id LIMIT %(most)s
"""
_SHORT = """
SELECT o.id FROM orders_order o JOIN orders_orderhold h ON h.order_id = o.id AND h.code = 'stock' AND h.released_at IS NULL
WHERE o.status IN ('pending', 'processing') AND (%(all)s OR o.shop_id = ANY(%(shops)s)) AND (%(one)s IS NULL OR o.id = %(one)s)
    AND o.payment_status <> 'unpaid' AND NOT EXISTS (SELECT 1 FROM orders_ordersplit s WHERE s.order_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM catalog_reservation r WHERE r.owner_ref = o.public_id)
    AND EXISTS (SELECT 1 FROM orders_orderline l JOIN catalog_stockitem i ON i.sku_id = l.sku_id
        JOIN catalog_shopwarehouse w ON w.warehouse_id = i.warehouse_id AND w.shop_id = o.shop_id
        WHERE l.order_id = o.id AND i.on_hand > i.reserved)
ORDER BY o.due_by NULLS LAST, o.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class SplitProposal:
    """An order, why it does not fit in one parcel, and what would come from where; `looked_at` is the allocation's own
    explanation.
    """

    order: Order
    kind: SplitKind
    parts: Sequence[Part]
    looked_at: Sequence[Mapping[str, Any]]


def proposals(actor: Actor, *, only: int | None = None) -> list[SplitProposal]:
    """The orders that could be split and were not decided on; a fixed number of statements. SOP: O7"""
    kinds = {
        **dict.fromkeys(_keys(_PLACES, actor, only), SplitKind.PLACES),
        **dict.fromkeys(_keys(_SHORT, actor, only), SplitKind.SHORT),
    }
    rows = visible_to(actor).filter(pk__in=kinds).select_related("shop").prefetch_related("lines")
    orders = {order.pk: order for order in rows}
    explained = dict(Allocation.objects.filter(order__in=orders, current=True).values_list("order_id", "looked_at"))
    parts = _parts(list(orders.values()), kinds)
    return [
        SplitProposal(orders[key], kind, parts[key], explained.get(key, []))
        for key, kind in kinds.items()
        if key in orders and len(parts[key]) > 1
    ]


def _keys(sql: str, actor: Actor, only: int | None) -> list[int]:
    shops = actor.shop_ids
    arguments: dict[str, Any] = {"all": shops is None, "shops": list(shops or ()), "most": SHOWN, "one": only}
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return [row[0] for row in cursor.fetchall()]


def _parts(orders: Sequence[Order], kinds: Mapping[int, SplitKind]) -> dict[int, list[Part]]:
    """What comes from where: as it is reserved, or as it could be."""
    if not orders:
        return {}
    codes = shelves.warehouse_codes()
    held: dict[str, list[Part]] = defaultdict(list)
    for row in shelves.all_reserved([order.public_id for order in orders]):
        held[row.owner_ref].append(Part(row.sku_code, codes[row.warehouse_id], row.quantity))
    short = [order for order in orders if kinds[order.pk] == SplitKind.SHORT]
    stock = range_of({line.sku_code for order in short for line in order.lines.all()})
    left = {sku.code: {codes[place]: pieces for place, pieces in sku.available.items()} for sku in stock}
    places = warehouses_of({order.shop_id for order in short})
    found = {}
    for order in orders:
        if kinds[order.pk] == SplitKind.PLACES:
            found[order.pk] = sorted(held[order.public_id], key=lambda part: (part.warehouse, part.sku))
        else:
            wanted = [(line.sku_code, line.quantity) for line in order.lines.all()]
            found[order.pk] = parts_of(wanted, left, [codes[place] for place in places[order.shop_id]])
    return found
