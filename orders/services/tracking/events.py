"""What the outside world is told of parcels."""

from collections import defaultdict
from collections.abc import Sequence

from opsdesk.webhooks.services import News
from orders.models import Shipment

KIND = "shipment"


def parcel_news(happened: Sequence[tuple[str, Shipment]]) -> list[News]:
    """Events of parcels, by type: what it is, where it is and whose orders it holds, without personal data."""
    parcels = {row.pk for _, row in happened}
    through = Shipment.orders.through.objects.filter(shipment__in=parcels).order_by("order")
    orders: dict[int, list[str]] = defaultdict(list)
    for shipment_id, public_id in through.values_list("shipment_id", "order__public_id"):
        orders[shipment_id].append(public_id)
    return [_news(type_, row, orders[row.pk]) for type_, row in happened]


def _news(type_: str, row: Shipment, orders: list[str]) -> News:
    data = {
        "id": row.public_id,
        "shop": row.shop.code,
        "orders": orders,
        "carrier": row.carrier.code,
        "tracking_no": row.tracking_no,
        "state": row.state,
        "last_event_at": row.last_event_at.isoformat() if row.last_event_at else None,
    }
    return News(f"shipment.{type_}", KIND, row.public_id, row.shop_id, data)
