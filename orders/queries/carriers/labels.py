"""What labels of parcels say; the recipient is masked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from orders.enums.tracking import ShipmentState
from orders.models import DeliveryAddress, Shipment, ShipmentLine
from orders.rules.fulfilment.packing import mask_address, mask_name, mask_phone


@dataclass(frozen=True)
class Label:
    """The label of one parcel. `contents` are SKU codes with pieces; grams are None when the weight is not known."""

    shipment_id: int
    carrier: str
    tracking_no: str
    shop: str
    orders: Sequence[str]
    recipient: str
    phone: str
    address: str
    contents: Sequence[tuple[str, int]]
    pieces: int
    fragile: bool
    do_not_bend: bool
    grams: int | None


def printable(actor: Actor) -> QuerySet[Shipment]:
    """The parcels that the actor may print labels of."""
    return visible_to(actor).exclude(state=ShipmentState.VOIDED)


def visible_to(actor: Actor) -> QuerySet[Shipment]:
    """The parcels of the actor's shops."""
    rows = Shipment.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def of_pick_list(rows: QuerySet[Shipment], public_id: str) -> QuerySet[Shipment]:
    """The parcels of the orders of one pick list."""
    return rows.filter(orders__pick_places__pick_list__public_id=public_id).distinct()


def labels_of(parcels: Sequence[Shipment]) -> list[Label]:
    """Their labels in the order given, whose carrier, shop and carriage are at hand; three statements.

    Orders that travel together go to one buyer: the first one's address is printed.
    SOP: O11
    """
    keys = [parcel.pk for parcel in parcels]
    numbers: dict[int, list[tuple[int, str]]] = defaultdict(list)
    places = Shipment.orders.through.objects.filter(shipment__in=keys).order_by("order")
    for shipment_id, order_id, number in places.values_list("shipment", "order", "order__number"):
        numbers[shipment_id].append((order_id, number))
    lines: dict[int, list[ShipmentLine]] = defaultdict(list)
    for line in ShipmentLine.objects.filter(shipment__in=keys).select_related("order_line__sku").order_by("pk"):
        lines[line.shipment_id].append(line)
    first = {rows[0][0] for rows in numbers.values()}
    addresses = {row.order_id: row for row in DeliveryAddress.objects.filter(order__in=first)}
    return [_label(parcel, numbers[parcel.pk], lines[parcel.pk], addresses) for parcel in parcels]


def _label(
    parcel: Shipment,
    orders: Sequence[tuple[int, str]],
    lines: Sequence[ShipmentLine],
    addresses: Mapping[int, DeliveryAddress],
) -> Label:
    place = addresses.get(orders[0][0] if orders else 0) or DeliveryAddress()
    carriage = getattr(parcel, "carriage", None)
    return Label(
        shipment_id=parcel.pk,
        carrier=parcel.carrier.name,
        tracking_no=parcel.tracking_no,
        shop=parcel.shop.name,
        orders=[number for _, number in orders],
        recipient=mask_name(place.recipient),
        phone=mask_phone(place.phone),
        address=mask_address(place.province, place.city, place.district),
        contents=[(line.order_line.sku_code, line.quantity) for line in lines],
        pieces=sum(line.quantity for line in lines),
        fragile=any(line.order_line.sku.fragile for line in lines),
        do_not_bend=any(line.order_line.sku.do_not_bend for line in lines),
        grams=carriage.grams if carriage else None,
    )
