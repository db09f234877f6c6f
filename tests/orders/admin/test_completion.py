"""Receipt confirmed by staff."""

from typing import Any

import pytest

from orders.models import Settlement
from tests.builders import a_shipped_order
from tests.kit.browser import Staff
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


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
