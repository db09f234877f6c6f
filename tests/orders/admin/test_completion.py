"""Receipt confirmed by staff, and settled by finance."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opsdesk.accounts.roles import Role
from orders.models import Settlement
from tests.builders import (
    NOW,
    a_shipped_order,
)
from tests.support.browser import Staff, text_of
from tests.support.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SECOND = timedelta(seconds=1)
SILENCE, WEEK = timedelta(hours=48), timedelta(days=7)


@pytest.mark.sop("O15")
def test_staff_complete_an_order_with_their_proof(sku: Any, agent: Staff) -> None:
    order = a_shipped_order()

    agent.command("order", order.pk, "confirm_receipt", proof="wrote in the chat")

    order.refresh_from_db()
    assert (order.status, Settlement.objects.get().state) == ("completed", "open")


@pytest.mark.sop("O15", refused=True)
def test_staff_do_not_complete_without_proof(sku: Any, agent: Staff) -> None:
    order = a_shipped_order()
    before = row_counts()

    assert agent.command("order", order.pk, "confirm_receipt", proof="").status_code == 422
    assert row_counts() == before


@pytest.mark.sop("O15")
def test_finance_settles_one_and_many(sku: Any, agent: Staff) -> None:
    orders = [a_shipped_order() for _ in range(3)]
    for order in orders:
        agent.command("order", order.pk, "confirm_receipt", proof="chat")
    rows = list(Settlement.objects.order_by("id"))
    finance = Staff(Role.FINANCE)

    finance.command("settlement", rows[0].pk, "settle", reference="B-1")
    keys = [row.pk for row in rows[1:]]
    finance.client.post(
        reverse("admin:orders_settlement_changelist"), {"action": "settle_selected", "_selected_action": keys, "index": 0}
    )

    assert list(Settlement.objects.order_by("id").values_list("state", "settled_at", "reference", "settled_by")) == [
        ("settled", NOW, reference, finance.user.username) for reference in ("B-1", "", "")
    ]
    again = finance.command("settlement", rows[0].pk, "settle", reference="B-2")
    assert (again.status_code, "settle is not possible in state settled." in text_of(again)) == (422, True)


@pytest.mark.sop("O15", refused=True)
def test_what_is_settled_is_not_settled_again_by_the_action(sku: Any, agent: Staff) -> None:
    order = a_shipped_order()
    agent.command("order", order.pk, "confirm_receipt", proof="chat")
    row = Settlement.objects.get()
    finance = Staff(Role.FINANCE)
    finance.command("settlement", row.pk, "settle", reference="B-1")
    before = row_counts()

    page = finance.client.post(
        reverse("admin:orders_settlement_changelist"),
        {"action": "settle_selected", "_selected_action": [row.pk], "index": 0},
        follow=True,
    )

    assert "settle is not possible in state settled." in text_of(page)
    assert row_counts() == before
