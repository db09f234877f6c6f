"""Staff mark orders for each other with a note and a colour; nobody else reads it."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from tests.builders import an_order
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.sop("O7")
def test_a_note_and_its_colour_are_seen_in_the_list_and_on_the_page(sku: Any, agent: Staff) -> None:
    order, other = an_order(), an_order()
    agent.command("order", order.pk, "note", seller_note="Ring twice", flag="purple")

    order.refresh_from_db()
    assert (order.seller_note, order.flag, order.status) == ("Ring twice", "purple", "pending")
    listed = text_of(agent.client.get("/admin/orders/order/", {"flag__exact": "purple"}))
    assert "Ring twice" in listed
    assert (order.number in listed, other.number in listed, "od-purple" in listed) == (True, False, True)
    assert "Ring twice" in text_of(agent.open("orders_order_change", order.pk))
    assert "Ring twice" in text_of(agent.open("orders_order_command", order.pk, "note"))
    entry = AuditEntry.objects.get(action="orders.note")
    assert entry.after["flag"] == ["", "purple"]

    agent.command("order", order.pk, "note", seller_note="", flag="")
    order.refresh_from_db()
    assert (order.seller_note, order.flag) == ("", "")


@pytest.mark.sop("O7", refused=True)
def test_a_colour_that_is_none_and_a_stranger_are_refused(sku: Any, agent: Staff) -> None:
    order, designer = an_order(), Staff(Role.DESIGNER)
    before = row_counts()

    assert agent.command("order", order.pk, "note", seller_note="x", flag="pink").status_code == 422
    assert designer.command("order", order.pk, "note", seller_note="x", flag="red").status_code in (403, 404)

    assert row_counts() == before
    order.refresh_from_db()
    assert (order.seller_note, order.flag) == ("", "")
