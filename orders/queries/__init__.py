"""Named reads of orders."""

from django.db.models import Prefetch, Q, QuerySet

from opsdesk.common.actors import Actor
from orders.models import Interception, Order, OrderCheck, OrderHold, OrderLine, Shipment


def visible_to(actor: Actor) -> QuerySet[Order]:
    """The orders of the shops that the actor sees."""
    orders = Order.objects.all()
    return orders if actor.shop_ids is None else orders.filter(shop__in=actor.shop_ids)


def with_details(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with all that their answer shows, in a fixed number of statements."""
    lines = Prefetch("lines", OrderLine.objects.order_by("position"))
    checks = Prefetch("checks", OrderCheck.objects.order_by("id"))
    holds = Prefetch("holds", OrderHold.objects.order_by("id"))
    stops = Prefetch("interceptions", Interception.objects.order_by("id"))
    parcels = Prefetch("shipments", Shipment.objects.select_related("carrier").prefetch_related(stops, "lines").order_by("id"))
    return orders.select_related("shop", "customer", "address").prefetch_related(lines, checks, holds, parcels)


def by_number(start: str, actor: Actor) -> QuerySet[Order]:
    """Orders whose own number begins with the text, or whose platform number is the text, in capitals or not."""
    known = Q(number__startswith=start) | Q(external_id__in={start, start.upper()})
    return visible_to(actor).filter(known).order_by("-id")
