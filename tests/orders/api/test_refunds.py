"""GET refunds/."""

import json
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from orders.models import Refund
from orders.services.changes import cancel_order
from tests.builders import NOW, a_client, a_shop, a_sku, an_actor, an_order
from tests.kit.http import Api

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def refund(db: None) -> Refund:
    a_sku(a_shop(), on_hand=20)
    for _ in range(2):
        cancel_order(order_id=an_order().pk, reason="why", actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    return Refund.objects.order_by("id")[0]


def results(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["results"]  # type: ignore[no-any-return]


def test_refunds_are_listed_by_state_and_order(api: Api, refund: Refund) -> None:
    assert [row["id"] for row in results(api.get("refunds/"))][1] == refund.public_id
    (found,) = results(api.get(f"refunds/?status=to_pay&order={refund.order.public_id}"))
    assert (found["amount"], found["currency"], found["status"], found["source"]) == ("198.00", "CNY", "to_pay", "cancellation")
    assert results(api.get("refunds/?status=succeeded")) == []
    assert api.get("refunds/?state=to_pay").status_code == 400


def test_refunds_are_shown_to_those_who_may_see_them(refund: Refund) -> None:
    a_shop("other-01")

    assert Api(a_client("orders:read")).get("refunds/").status_code == 403
    assert results(Api(a_client("returns:read", shops=["other-01"])).get("refunds/")) == []
