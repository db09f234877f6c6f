"""Named reads of parcels."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from opsdesk.common.actors import Actor
from orders.enums.orders import OrderStatus
from orders.models import Order, Shipment, ShipmentLine, TrackingEvent
from orders.rules.tracking.tracking import UNDER_WAY


def visible_to(actor: Actor) -> QuerySet[Shipment]:
    """The parcels of the shops that the actor sees."""
    shipments = Shipment.objects.all()
    return shipments if actor.shop_ids is None else shipments.filter(shop__in=actor.shop_ids)


def with_details(shipments: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Parcels with all that their answer shows, in a fixed number of statements."""
    lines = Prefetch("lines", ShipmentLine.objects.select_related("order_line__order").order_by("id"))
    events = Prefetch("events", TrackingEvent.objects.order_by("-occurred_at", "-id"))
    return shipments.select_related("shop", "carrier").prefetch_related("orders", lines, events)


def by_number(start: str, actor: Actor) -> QuerySet[Shipment]:
    """Parcels whose tracking number begins with the text."""
    rows = visible_to(actor).filter(tracking_no__startswith=start.strip().upper())
    return rows.select_related("carrier").order_by("-id")


def silent(now: datetime) -> QuerySet[Shipment]:
    """Parcels under way whose carrier should have reported by now and whose silence nobody has noticed.

    A parcel whose buyer has confirmed receipt of everything in it is not asked after.
    SOP: O14
    """
    awaited = Order.objects.filter(shipments=OuterRef("pk"), status=OrderStatus.SHIPPED)
    return Shipment.objects.filter(Exists(awaited), update_by__lte=now, stalled_at=None, state__in=UNDER_WAY)
