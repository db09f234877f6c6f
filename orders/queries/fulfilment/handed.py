"""What of orders has left the house: derived from their parcels, never stored."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from django.db.models import OuterRef, Subquery, Sum

from orders.enums.tracking import ShipmentState
from orders.models import OrderLine, Shipment, ShipmentLine


def handed_over(order_ids: Collection[int]) -> dict[int, int]:
    """Pieces by order line that lie in parcels. SOP: O12"""
    rows = ShipmentLine.objects.filter(order_line__order__in=order_ids).exclude(shipment__state=ShipmentState.VOIDED)
    return dict(rows.order_by().values_list("order_line").annotate(Sum("quantity")))


def pieces_in_parcels() -> Subquery:
    """For a query of order lines: the pieces of each that lie in parcels, None where there are none. SOP: O12"""
    rows = ShipmentLine.objects.filter(order_line=OuterRef("pk")).exclude(shipment__state=ShipmentState.VOIDED)
    return Subquery(rows.order_by().values("order_line").annotate(pieces=Sum("quantity")).values("pieces"))


def has_left(order_id: int) -> bool:
    """Whether a parcel of the order was handed over. SOP: O18"""
    return Shipment.objects.filter(orders=order_id).exclude(state=ShipmentState.VOIDED).exists()


def left_of(order_id: int) -> Mapping[OrderLine, int]:
    """The lines of an order of which pieces are still in the house, and how many. SOP: O12"""
    handed = handed_over([order_id])
    lines = OrderLine.objects.filter(order=order_id).order_by("position")
    return {line: left for line in lines if (left := line.quantity - handed.get(line.pk, 0)) > 0}


def left_by_sku(order_ids: Collection[int]) -> dict[int, Counter[str]]:
    """Of each order the pieces by SKU that are still in the house. Two statements. SOP: O12"""
    handed, left = handed_over(order_ids), defaultdict[int, Counter[str]](Counter)
    for line in OrderLine.objects.filter(order__in=order_ids).only("order_id", "sku_code", "quantity"):
        left[line.order_id][line.sku_code] += line.quantity - handed.get(line.pk, 0)
    return dict(left)
