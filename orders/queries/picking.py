"""What waits to be picked, and how a pick list reads."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from catalog.queries import picking as shelves
from opsdesk.common.actors import Actor
from orders.enums.fulfilment import PickListStatus
from orders.enums.orders import OrderStatus
from orders.models import Allocation, Order, OrderHold, PickLine, PickList, PickListOrder
from orders.queries import visible_to
from orders.queries.grouping.groups import waits_for_a_mate
from orders.rules.fulfilment.allocation import plain_province


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
    key: int = 0
    left: int = 0
    short: int = 0
    orders: list[tuple[str, int, int]] = field(default_factory=list)


def to_pick(actor: Actor, warehouse_id: int) -> QuerySet[Order]:
    """Released orders without a hold that have goods reserved in the warehouse and are in no pick list there."""
    held = OrderHold.objects.filter(order=OuterRef("pk"), released_at=None)
    listed = PickListOrder.objects.filter(order=OuterRef("pk"), warehouse=warehouse_id, active=True)
    orders = visible_to(actor).filter(status=OrderStatus.PROCESSING, public_id__in=shelves.owners_reserving_in(warehouse_id))
    return orders.filter(~Exists(held), ~Exists(listed), ~waits_for_a_mate())


@dataclass(frozen=True)
class Wave:
    """Which of the waiting orders go into one walk; empty fields choose all. SOP: O9

    `lines` is "single" or "multi"; `campaign` is the code of a coupon that the order used.
    """

    carrier: str = ""
    hand_over_before: datetime | None = None
    provinces: tuple[str, ...] = ()
    lines: str = ""
    campaign: str = ""
    size: int | None = None

    def told(self) -> dict[str, object]:
        """What was chosen, JSON-ready."""
        said = {name: value for name, value in asdict(self).items() if value}
        if self.hand_over_before:
            said["hand_over_before"] = self.hand_over_before.isoformat()
        return said


def wave(orders: QuerySet[Order], chosen: Wave, *, limit: int) -> QuerySet[Order]:
    """Of these orders those that the wave chooses, at most `limit`, those to be handed over first. SOP: O9"""
    if chosen.carrier:
        orders = orders.filter(
            Exists(Allocation.objects.filter(order=OuterRef("pk"), current=True, carrier__code=chosen.carrier))
        )
    if chosen.hand_over_before:
        orders = orders.filter(due_by__lt=chosen.hand_over_before)
    if chosen.provinces:
        named = Q()
        for name in chosen.provinces:
            named |= Q(address__province__startswith=plain_province(name))
        orders = orders.filter(named)
    if chosen.lines:
        orders = orders.annotate(lines_in=Count("lines"))
        orders = orders.filter(lines_in=1) if chosen.lines == "single" else orders.filter(lines_in__gt=1)
    if chosen.campaign:
        orders = orders.filter(coupons__contains=[chosen.campaign])
    first = orders.order_by(F("due_by").asc(nulls_last=True), "pk").values("pk")[:limit]
    return Order.objects.filter(pk__in=first).select_related("shop")


def in_place() -> Exists:
    """True for lines whose order still has its place in their list."""
    return Exists(PickListOrder.objects.filter(pick_list=OuterRef("pick_list"), order=OuterRef("order"), active=True))


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
    soonest = F("lot__expires_on").asc(nulls_last=True)
    if pick_list.status != PickListStatus.CANCELLED:
        lines = lines.filter(in_place())
    return lines.select_related("order", "lot__location").order_by(way, "sku_code", soonest, oldest_first, "lot_id", "order_id")


def sheet(pick_list: PickList) -> list[SheetRow]:
    """The list as it is printed: one row a stop. SOP: O9"""
    found, numbers = list(stops(pick_list)), _bins_of(pick_list)
    labels = shelves.labels({line.sku_id for line in found})
    rows: dict[tuple[str, int], SheetRow] = {}
    for line in found:
        key = (line.sku_code, line.lot_id or 0)
        label, place = labels[line.sku_id], str(line.lot.location or "") if line.lot else ""
        row = rows.setdefault(key, SheetRow(line.sku_code, place, line.lot_code, label.title, label.options, label.barcode))
        row.quantity += line.quantity
        row.picked = row.picked and line.picked
        row.key = row.key or line.pk
        row.short += line.short
        row.left += 0 if line.picked else line.quantity - line.scanned - line.short
        row.orders.append((line.order.number, line.quantity, numbers.get(line.order_id, 0)))
    return list(rows.values())


@dataclass
class Bin:
    """One order's sort bin, and what goes into it; `together` are the orders that share it and the parcel."""

    number: int
    order: str
    note: str = ""
    flag: str = ""
    pieces: list[tuple[str, int]] = field(default_factory=list)
    together: list[str] = field(default_factory=list)


def bins(pick_list: PickList) -> list[Bin]:
    """How the walk's pieces are sorted to the orders. SOP: O9"""
    found: dict[int, Bin] = {}
    numbers = _bins_of(pick_list)
    for line in stops(pick_list):
        row = found.setdefault(
            line.order_id,
            Bin(numbers.get(line.order_id, 0), line.order.number, line.order.seller_note, line.order.get_flag_display()),
        )
        row.pieces.append((line.sku_code, line.quantity))
    for row in found.values():
        row.together = [
            other.order for other in found.values() if row.number and other.number == row.number and other is not row
        ]
    return sorted(found.values(), key=lambda row: row.number)


def _bins_of(pick_list: PickList) -> dict[int, int]:
    return dict(PickListOrder.objects.filter(pick_list=pick_list).values_list("order_id", "bin"))
