"""What the waybill of a parcel says."""

from dataclasses import dataclass

from django.db.models import Sum

from orders.models import DeliveryAddress, Shipment
from orders.rules.fulfilment.packing import mask_address, mask_name, mask_phone


@dataclass(frozen=True)
class Waybill:
    """The label of one parcel; the recipient is masked."""

    carrier: str
    tracking_no: str
    shop: str
    orders: list[str]
    recipient: str
    phone: str
    address: str
    pieces: int


def waybill_of(parcel: Shipment) -> Waybill:
    """The waybill; orders that travel together go to one buyer, the first one's address is printed. SOP: O11"""
    orders = list(parcel.orders.order_by("pk"))
    place = DeliveryAddress.objects.filter(order__in=orders).order_by("order").first() or DeliveryAddress()
    return Waybill(
        carrier=parcel.carrier.name,
        tracking_no=parcel.tracking_no,
        shop=parcel.shop.name,
        orders=[order.number for order in orders],
        recipient=mask_name(place.recipient),
        phone=mask_phone(place.phone),
        address=mask_address(place.province, place.city, place.district),
        pieces=parcel.lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0,
    )
