"""Named reads of parcels."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from opsdesk.common.actors import Actor
from orders.enums.orders import OrderStatus
from orders.enums.tracking import ShipmentState
from orders.models import Order, ParcelFeed, RawReport, Shipment, ShipmentLine, TrackingEvent
from orders.rules.tracking.tracking import UNDER_WAY


def visible_to(actor: Actor) -> QuerySet[Shipment]:
    """The parcels of the shops that the actor sees."""
    shipments = Shipment.objects.all()
    return shipments if actor.shop_ids is None else shipments.filter(shop__in=actor.shop_ids)


def with_details(shipments: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Parcels with all that their answer shows, in a fixed number of statements."""
    lines = Prefetch("lines", ShipmentLine.objects.select_related("order_line__order").order_by("id"))
    events = Prefetch("events", TrackingEvent.objects.order_by("-occurred_at", "-id"))
    raw = Prefetch("raw_reports", RawReport.objects.order_by("-occurred_at", "-id"))
    return shipments.select_related("shop", "carrier", "feed").prefetch_related("orders", lines, events, raw)


def by_number(start: str, actor: Actor) -> QuerySet[Shipment]:
    """Parcels whose tracking number begins with the text."""
    rows = visible_to(actor).filter(tracking_no__startswith=start.strip().upper())
    return rows.select_related("carrier").order_by("-id")


def silent(now: datetime) -> QuerySet[Shipment]:
    """Parcels under way whose carrier should have reported by now and whose silence nobody has noticed.

    A parcel whose buyer has confirmed receipt of everything in it is not asked after. While asking after a parcel fails,
    nobody knows whether its carrier is silent.
    SOP: O14
    """
    late = awaited().filter(update_by__lte=now, stalled_at=None)
    return late.exclude(Exists(ParcelFeed.objects.filter(shipment=OuterRef("pk"), failing_since__isnull=False)))


def awaited() -> QuerySet[Shipment]:
    """Parcels under way for whose arrival a buyer waits. SOP: O14"""
    waiting = Order.objects.filter(shipments=OuterRef("pk"), status__in=[OrderStatus.READY_TO_SHIP, OrderStatus.SHIPPED])
    return Shipment.objects.filter(Exists(waiting), state__in=UNDER_WAY)


def phones_of(shipment_ids: Collection[int]) -> dict[int, str]:
    """The recipients' phones by parcel: some carriers answer only to who knows them."""
    through = Shipment.orders.through.objects.filter(shipment__in=shipment_ids, order__address__isnull=False)
    return dict(through.order_by("-order").values_list("shipment_id", "order__address__phone"))


def keys_of(order_id: int) -> list[int]:
    """The keys of an order's parcels, the first one first."""
    return list(Shipment.objects.filter(orders=order_id).order_by("pk").values_list("pk", flat=True))


def owner_of(parcel: Shipment) -> Order | None:
    """The first order of the live parcel that has this one's number. SOP: O12"""
    live = Shipment.objects.filter(carrier=parcel.carrier_id, tracking_no=parcel.tracking_no).exclude(
        state=ShipmentState.VOIDED
    )
    return Order.objects.filter(shipments__in=live).order_by("pk").first()
