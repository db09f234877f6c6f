"""What waits to be picked, and how a pick list reads."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from catalog.queries import picking as shelves
from opsdesk.common.actors import Actor
from orders.enums.orders import OrderStatus
from orders.models import Order, OrderHold, PickLine, PickList, PickListOrder
from orders.queries import visible_to


@dataclass
class SheetRow:
    """One stop of the walk: pieces of one lot of a SKU, and for which orders."""

    sku: str
    location: str
    lot: str
    title: str
    options: dict[str, Any]
    barcode: str
    quantity: int = 0
    picked: bool = True
    orders: list[tuple[str, int]] = field(default_factory=list)


def to_pick(actor: Actor, warehouse_id: int) -> QuerySet[Order]:
    """Released orders without a hold that have goods reserved in the warehouse and are in no pick list there."""
    held = OrderHold.objects.filter(order=OuterRef("pk"), released_at=None)
    listed = PickListOrder.objects.filter(order=OuterRef("pk"), warehouse=warehouse_id, active=True)
    orders = visible_to(actor).filter(status=OrderStatus.PROCESSING, public_id__in=shelves.owners_reserving_in(warehouse_id))
    return orders.filter(~Exists(held), ~Exists(listed))


def lists_visible_to(lists: QuerySet[PickList], actor: Actor) -> QuerySet[PickList]:
    """Of these lists, those that hold orders of the actor's shops only."""
    if actor.shop_ids is None:
        return lists
    foreign = PickListOrder.objects.filter(pick_list=OuterRef("pk")).exclude(order__shop__in=actor.shop_ids)
    return lists.filter(~Exists(foreign))


def stops(pick_list: PickList) -> QuerySet[PickLine]:
    """The lines in the order of the walk: by location, then by SKU, the oldest lot first; cancelled orders are left out.

    SOP: O9
    """
    lines = PickLine.objects.filter(pick_list=pick_list).exclude(order__status=OrderStatus.CANCELLED)
    way, oldest_first = F("lot__location__code").asc(nulls_last=True), F("lot__received_at").asc(nulls_last=True)
    return lines.select_related("order", "lot__location").order_by(way, "sku_code", oldest_first, "lot_id", "order_id")


def sheet(pick_list: PickList) -> list[SheetRow]:
    """The list as it is printed: one row a stop. SOP: O9"""
    found = list(stops(pick_list))
    labels = shelves.labels({line.sku_id for line in found})
    rows: dict[tuple[str, int], SheetRow] = {}
    for line in found:
        key = (line.sku_code, line.lot_id or 0)
        label, place = labels[line.sku_id], str(line.lot.location or "") if line.lot else ""
        row = rows.setdefault(key, SheetRow(line.sku_code, place, line.lot_code, label.title, label.options, label.barcode))
        row.quantity += line.quantity
        row.picked = row.picked and line.picked
        row.orders.append((line.order.number, line.quantity))
    return list(rows.values())
