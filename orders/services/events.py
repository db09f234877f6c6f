"""What the outside world is told of an order."""

from collections.abc import Mapping
from typing import Any

from opsdesk.webhooks.services import News
from orders.models import Order

KIND = "order"


def order_news(type_: str, order: Order, **more: Any) -> News:
    """An event of the order: what it is and where it stands, without personal data."""
    data: Mapping[str, Any] = {
        "id": order.public_id,
        "shop": order.shop.code,
        "external_id": order.external_id,
        "number": order.number,
        "status": order.status,
        "payment_status": order.payment_status,
        "currency": order.currency,
        "payable": f"{order.payable_amount:.2f}",
        "is_test": order.is_test,
        **more,
    }
    return News(f"order.{type_}", KIND, order.public_id, order.shop_id, data)
