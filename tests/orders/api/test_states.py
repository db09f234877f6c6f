"""The states of an order from its arrival to its end, seen through the calls of its storefront and its warehouse."""

import json
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.webhooks.models import Event
from orders.models import Order
from orders.services.carriers.registry import sync_carriers
from tests.builders import CHECKLIST, a_shop, a_sku, a_tracking_no, a_user, an_order_body
from tests.builders.rounds import a_round
from tests.kit.browser import Desk
from tests.kit.http import Api


@pytest.mark.sop("O7")
def test_an_order_walks_through_its_states_and_each_is_told_at_once(api: Api, clock: Any) -> None:
    sync_carriers()
    shop = a_shop()
    a_sku(shop, on_hand=10)
    order_id = json.loads(api.post("orders/", an_order_body()).content)["id"]

    def status() -> str:
        return str(json.loads(api.get(f"orders/{order_id}/").content)["status"])

    def post(step: str, body: dict[str, Any]) -> str:
        response = api.post(f"orders/{order_id}/{step}/", body)
        assert response.status_code == 200, response.content
        return status()

    walked = [status()]
    Desk(a_user(Role.CUSTOMER_SERVICE)).post("orders_checkround_sign", a_round(shop).pk)
    walked.append(status())
    walked.append(post("pack", {"checklist": CHECKLIST}))
    walked.append(post("ship", {"parcels": [{"carrier": "sf", "tracking_no": a_tracking_no()}]}))
    walked.append(post("confirm-receipt", {}))

    assert walked == ["pending", "processing", "ready_to_ship", "shipped", "completed"]
    told = Event.objects.filter(subject_id=order_id).order_by("sequence").values_list("type", flat=True)
    assert list(told) == ["order.created", *(f"order.{state}" for state in walked[1:])]
    order = Order.objects.get(public_id=order_id)
    assert None not in (order.released_at, order.ready_at, order.shipped_at, order.completed_at)
