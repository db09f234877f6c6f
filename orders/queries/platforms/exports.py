"""Which parcels their platform has not been told of, and what stood in a batch-ship table."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop
from orders.enums.platforms import Layout
from orders.enums.tracking import ShipmentState
from orders.models import CarrierName, ExportedParcel, Order, ReturnRequest, Shipment, ShippingExport
from orders.parameters.platforms import EXPORT_BACK
from orders.rules.platforms.shipping import layout_of


def visible_to(actor: Actor) -> QuerySet[ShippingExport]:
    """The tables of the shops that the actor sees."""
    rows = ShippingExport.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def shops_with_table(actor: Actor) -> list[Shop]:
    """The actor's open shops on a platform that takes a batch-ship table."""
    shops = [shop for shop in Shop.objects.filter(is_open=True).order_by("code") if layout_of(shop.platform)]
    return [shop for shop in shops if actor.sees_shop(shop.pk)]


def of_the_platform() -> QuerySet[Order]:
    """Orders that the platform knows of: not entered by hand, not made for an exchange."""
    exchanges = ReturnRequest.objects.filter(replacement=OuterRef("pk"))
    return Order.objects.filter(entry=None).exclude(Exists(exchanges))


def waiting(shop_id: int, now: datetime) -> QuerySet[Shipment]:
    """Parcels of the shop's platform orders that left within the time looked back on and stand in no table yet. SOP: O12"""
    told = ExportedParcel.objects.filter(shipment=OuterRef("pk"))
    own = of_the_platform().filter(shipments=OuterRef("pk"))
    left = Shipment.objects.filter(shop=shop_id, handed_over_at__gt=now - value(EXPORT_BACK)).exclude(
        state=ShipmentState.VOIDED
    )
    return left.filter(~Exists(told), Exists(own)).order_by("pk")


def lines_of(export: ShippingExport) -> Iterator[tuple[str, str, str]]:
    """Order number of the platform, carrier, tracking number: a line for each order of each parcel. One statement."""
    places = Shipment.orders.through.objects.filter(
        shipment__exports__export=export, order__in=of_the_platform().filter(shop=export.shop_id)
    )
    cells = ("order__external_id", "shipment__exports__carrier_name", "shipment__tracking_no")
    yield from places.filter(shipment__exports__export=export).order_by("shipment", "order").values_list(*cells)


def own_names(layout: Layout) -> dict[str, str]:
    """The names that staff have written down for a platform, by the carrier's code."""
    return dict(CarrierName.objects.filter(layout=layout).values_list("carrier__code", "name"))
