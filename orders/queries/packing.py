"""What the packing list of an order says."""

from dataclasses import dataclass
from typing import Any

from orders.models import DeliveryAddress, Order, OrderGift
from orders.queries.fulfilment.notices import Notices, notices_of
from orders.rules.fulfilment.packing import mask_address, mask_name, mask_phone


@dataclass(frozen=True)
class PackingSheet:
    """The packing list; the recipient is masked as on a waybill."""

    number: str
    shop: str
    recipient: str
    phone: str
    address: str
    lines: list[dict[str, Any]]
    pieces: int
    note: str
    notices: Notices


def packing_sheet(order: Order) -> PackingSheet:
    """What lies in the order's parcel. SOP: O10"""
    place = DeliveryAddress.objects.filter(order=order).first() or DeliveryAddress()
    lines: list[Any] = list(order.lines.order_by("position").values("sku_code", "title", "options", "quantity"))
    gifts = OrderGift.objects.filter(order=order, is_reserved=True).order_by("id")
    lines += [{"options": {}, "gift": True, **row} for row in gifts.values("sku_code", "title", "quantity")]
    return PackingSheet(
        number=order.number,
        shop=order.shop.name,
        recipient=mask_name(place.recipient),
        phone=mask_phone(place.phone),
        address=mask_address(place.province, place.city, place.district),
        lines=lines,
        pieces=sum(line["quantity"] for line in lines),
        note=order.buyer_note,
        notices=notices_of([order.pk])[order.pk],
    )
