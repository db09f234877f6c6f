"""Sending goods again from the page of a shipped order."""

import uuid
from decimal import Decimal
from typing import Any

import pytest

from orders.models import ManualEntry, Order
from tests.builders import a_shipped_order, stock_of
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def send(agent: Staff, order: Order, pieces: int, **more: Any) -> Any:
    line = order.lines.get()
    form = {"key": uuid.uuid4(), "cause": "lost", "reason": "never came", f"quantity_{line.pk}": pieces}
    return agent.send("orders_manualentry_reship", order.pk, **(form | more))


@pytest.mark.sop("O1")
def test_lost_goods_are_sent_again_for_nothing(agent: Staff, sku: Any) -> None:
    order = a_shipped_order()

    assert send(agent, order, 2).status_code == 302

    entry = ManualEntry.objects.get()
    assert (entry.original, entry.channel, entry.cause, entry.quoted_amount) == (order, "reship", "lost", Decimal("198.00"))
    assert (f"{entry.order.payable_amount:.2f}", entry.order.payment_status, entry.order.customer) == (
        "0.00",
        "paid",
        order.customer,
    )
    assert stock_of(sku) == (198, 2)
    assert entry.order.number in text_of(agent.open("orders_order_change", order.pk))
    assert "Lost on the way" in text_of(agent.open("orders_manualentry_change", entry.public_id))


@pytest.mark.sop("O1", refused=True)
def test_the_same_loss_is_not_made_good_twice(agent: Staff, sku: Any) -> None:
    order = a_shipped_order()
    send(agent, order, 2)
    before = row_counts()

    again = send(agent, order, 1)
    money = agent.send(
        "orders_returnrequest_enter",
        order.pk,
        type_="refund_only",
        note="",
        **{f"quantity_{order.lines.get().pk}": 1, f"reason_{order.lines.get().pk}": "not_received"},
    )

    assert (again.status_code, money.status_code, row_counts()) == (422, 422, before)
    assert "At most 0 pieces can still be sent again" in text_of(again)
    assert "At most 0 pieces can still be returned." in text_of(money)
