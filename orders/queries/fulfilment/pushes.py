"""Which orders the warehouse system has not got yet, and what it is told of them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from catalog.queries import picking as shelves
from orders.enums.fulfilment import PushState
from orders.enums.orders import OrderStatus
from orders.models import DeliveryAddress, Order, OrderGift, OrderHold, OrderLine, WarehousePush, WarehouseRecall
from orders.queries.fulfilment.notices import notices_of


def open_hold(order: str) -> Exists:
    """True for rows whose order is on hold."""
    return Exists(OrderHold.objects.filter(order=OuterRef(order), released_at=None))


def unsent() -> QuerySet[Order]:
    """Released orders without a hold that nobody has begun to hand over. SOP: O6"""
    released = Order.objects.filter(status=OrderStatus.PROCESSING, historical=False)
    return released.filter(~open_hold("pk"), ~Exists(WarehousePush.objects.filter(order=OuterRef("pk"))))


def taken_over() -> list[int]:
    """The orders that the warehouse system works on, oldest first. SOP: O6"""
    rows = Order.objects.filter(status=OrderStatus.PROCESSING, push__state=PushState.CONFIRMED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def messages(order_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the warehouse system is told of these orders, JSON-ready; with the address in full, for it prints the waybill.

    SOP: O6
    """
    orders = {row.pk: row for row in Order.objects.filter(pk__in=order_ids).select_related("shop")}
    addresses = {row.order_id: row for row in DeliveryAddress.objects.filter(order__in=order_ids)}
    lines: dict[int, list[Any]] = defaultdict(list)
    for line in OrderLine.objects.filter(order__in=order_ids).order_by("order", "position"):
        lines[line.order_id].append({"sku": line.sku_code, "title": line.title, "quantity": line.quantity})
    gifts: dict[int, list[Any]] = defaultdict(list)
    for gift in OrderGift.objects.filter(order__in=order_ids, is_reserved=True).order_by("id"):
        gifts[gift.order_id].append({"sku": gift.sku_code, "title": gift.title, "quantity": gift.quantity})
    codes, refs = shelves.warehouse_codes(), {row.public_id: key for key, row in orders.items()}
    places: dict[int, set[str]] = defaultdict(set)
    for ref, found in shelves.places_of(list(refs)).items():
        places[refs[ref]] = {codes[place] for place in found}
    notices = notices_of(order_ids)
    return {
        key: {
            "action": "hand_over",
            "id": order.public_id,
            "number": order.number,
            "external_id": order.external_id,
            "shop": order.shop.code,
            "warehouses": sorted(places[key]),
            "hand_over_by": order.due_by.isoformat() if order.due_by else None,
            "buyer_note": order.buyer_note,
            "recipient": _recipient(addresses.get(key)),
            "lines": lines[key],
            "gifts": gifts[key],
            "enclose": {"manual": notices[key].manual, "warranty": notices[key].warranty},
            "marks": {"fragile": notices[key].fragile, "no_bending": notices[key].no_bending},
        }
        for key, order in orders.items()
    }


def recall_message(row: WarehouseRecall) -> dict[str, Any]:
    """What the warehouse system is told when an order that it has is to be stopped, JSON-ready. SOP: O18"""
    order = row.order
    return {
        "action": "cancel",
        "id": order.public_id,
        "number": order.number,
        "external_id": order.external_id,
        "shop": order.shop.code,
    }


def _recipient(place: DeliveryAddress | None) -> dict[str, str] | None:
    if place is None:
        return None
    names = ("recipient", "phone", "province", "city", "district", "street", "postal_code")
    return {name: getattr(place, name) for name in names}
