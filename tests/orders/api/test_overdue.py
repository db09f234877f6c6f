"""The clock of the 24 hours, seen through the calls of a storefront."""

import json
from typing import Any

import pytest
from django.core.management import call_command

from opsdesk.inbox.models import WorkItem
from orders.models import Order
from orders.services.overdue import OVERDUE
from tests.builders import a_released_order, a_shop, a_sku, an_order
from tests.builders.times import at
from tests.kit.http import Api


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


def work() -> list[tuple[str, str]]:
    items = WorkItem.objects.filter(kind=OVERDUE).order_by("id")
    return [(item.subject_id, item.outcome) for item in items]


@pytest.mark.sop("O17")
def test_an_order_past_its_24_hours_becomes_work_once_until_it_is_closed(api: Api, sku: Any, clock: Any) -> None:
    order, shipped = an_order(), a_released_order()
    Order.objects.filter(pk=shipped.pk).update(status="shipped")

    call_command("run_duty", "orders.report_overdue", at="2026-06-12T08:50:00+08:00")
    assert work() == []

    for _ in range(2):
        call_command("run_duty", "orders.report_overdue", at="2026-06-12T09:00:00+08:00")
    assert work() == [(order.public_id, "")]
    item = WorkItem.objects.get(kind=OVERDUE)
    assert (item.role, item.due_at, item.params) == ("customer_service", at(11, day=12), {"number": order.number})
    assert json.loads(api.get(f"orders/{order.public_id}/").content)["process_by"] == "2026-06-12T00:59:07Z"

    assert api.post(f"orders/{order.public_id}/cancel/", {"reason": "too late"}).status_code == 200
    assert work() == [(order.public_id, "cancelled")]


def test_a_payment_starts_a_clock_that_stands_until_the_address_is_known(api: Api, sku: Any, clock: Any) -> None:
    address = {"recipient": "王小明", "phone": "13800000000", "province": "广东省", "city": "深圳市", "street": "1号"}
    order = an_order(payment={"status": "unpaid"}, address=address | {"city": ""})
    clock.move_to(at(12))
    api.post(f"orders/{order.public_id}/mark-paid/", {"amount": "198.00", "paid_at": "2026-06-11T12:00:00+08:00"})
    order.refresh_from_db()
    assert order.process_by == at(12, day=12)

    clock.move_to(at(15))
    api.post(f"orders/{order.public_id}/change-address/", {"address": address})

    order.refresh_from_db()
    assert order.process_by == at(15, day=12)
