"""What the outside world is told of a parcel."""

from typing import Any

from opsdesk.webhooks.services import News
from orders.models import Shipment

KIND = "shipment"


def shipment_news(type_: str, shipment: Shipment, **more: Any) -> News:
    """An event of the parcel: what it is and where it is, without personal data."""
    data = {
        "id": shipment.public_id,
        "shop": shipment.shop.code,
        "carrier": shipment.carrier.code,
        "tracking_no": shipment.tracking_no,
        "state": shipment.state,
        "last_event_at": shipment.last_event_at.isoformat() if shipment.last_event_at else None,
        **more,
    }
    return News(f"shipment.{type_}", KIND, shipment.public_id, shipment.shop_id, data)
