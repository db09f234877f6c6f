"""Orders."""

from itertools import count
from typing import Any

from opsdesk.common.actors import SYSTEM
from orders.api.inputs import OrderInput
from orders.models import Order
from orders.services.intake.receiving import receive_order
from orders.services.release import release_orders
from tests.builders.times import NOW

_serial = count(1)


def an_order_body(sku: str = "TS-RED-M", quantity: int = 2, **changes: Any) -> dict[str, Any]:
    """A paid order of one line, as a storefront sends it."""
    number = next(_serial)
    body: dict[str, Any] = {
        "shop": "tmall-01",
        "external_id": f"TM20260611-{number}",
        "placed_at": "2026-06-11T08:59:07+08:00",
        "currency": "CNY",
        "payment": {"status": "paid", "method": "alipay", "reference": f"A{number}", "paid_at": "2026-06-11T08:59:30+08:00"},
        "customer": {"external_id": f"b-{number}", "name": "王小明", "phone": "13800000000", "email": None},
        "address": {
            "recipient": "王小明",
            "phone": "13800000000",
            "province": "广东省",
            "city": "深圳市",
            "district": "南山区",
            "street": "科技园路1号",
            "postal_code": "518000",
        },
        "lines": [{"sku": sku, "quantity": quantity, "unit_price": "99.00", "discount": "0.00"}],
        "freight": "0.00",
    }
    return body | changes


def an_order(sku: str = "TS-RED-M", quantity: int = 2, **changes: Any) -> Order:
    """A pending order, taken in through the service."""
    draft = OrderInput.model_validate(an_order_body(sku, quantity, **changes)).to_draft()
    case = receive_order(draft=draft, actor=SYSTEM, now=NOW)
    assert case.order
    return Order.objects.get(pk=case.order.pk)


def a_released_order(sku: str = "TS-RED-M", quantity: int = 2, **changes: Any) -> Order:
    """An order that the warehouse may pick."""
    order = an_order(sku, quantity, **changes)
    release_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW)
    order.refresh_from_db()
    return order
