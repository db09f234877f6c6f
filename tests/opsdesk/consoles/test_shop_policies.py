"""A shop's policies: changed in the browser, with their history."""

import json
from typing import Any

import pytest
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden
from opsdesk.shops.models import Shop
from opsdesk.shops.services import change_shop
from tests.builders import NOW, a_shop, a_sku, an_actor, an_order_body
from tests.kit.browser import Staff, text_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")

FORM = {"name": "Tmall", "platform": "tmall", "short_stock_policy": "hold", "round_desk": "customer_service", "is_open": "on"}


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def send(staff: Staff, shop: Shop, **form: str) -> Any:
    return staff.client.post(reverse("admin:shops_shop_change", args=[shop.pk]), FORM | form)


@pytest.mark.sop("O2")
def test_a_shop_that_accepts_and_holds_takes_orders_without_stock(shop: Any, api: Api) -> None:
    a_sku(shop, on_hand=1)
    assert problem(api.post("orders/", an_order_body()))[:2] == (409, "insufficient_stock")

    supervisor = Staff(Role.OPERATIONS_SUPERVISOR)
    assert send(supervisor, shop).status_code == 302

    answer = json.loads(api.post("orders/", an_order_body()).content)
    assert [hold["code"] for hold in answer["holds"]] == ["stock"]
    entry = AuditEntry.objects.get(action="shops.changed")
    assert (entry.actor_label, entry.before["short_stock_policy"], entry.after["short_stock_policy"]) == (
        supervisor.user.username,
        "refuse",
        "hold",
    )
    page = text_of(supervisor.client.get(reverse("admin:shops_shop_change", args=[shop.pk])))
    assert "When stock is short: Accept it and hold it" in page


@pytest.mark.sop("O2", refused=True)
def test_a_policy_that_does_not_exist_is_refused(shop: Any) -> None:
    supervisor = Staff(Role.OPERATIONS_SUPERVISOR)
    before = row_counts()

    refused = send(supervisor, shop, short_stock_policy="sell")

    assert (refused.status_code, "Select a valid choice" in text_of(refused)) == (200, True)
    assert (row_counts(), Shop.objects.get().short_stock_policy) == (before, "refuse")


def test_others_look_at_most(shop: Any) -> None:
    assert send(Staff(Role.AUDITOR), shop).status_code == 403
    assert send(Staff(Role.CUSTOMER_SERVICE), shop).status_code == 403
    with pytest.raises(Forbidden):
        change_shop(shop_id=shop.pk, settings={"name": "x"}, actor=an_actor(Role.AUDITOR), now=NOW)


def test_what_stays_as_it_is_leaves_no_trace(shop: Any) -> None:
    change_shop(shop_id=shop.pk, settings={"name": shop.name, "code": "other"}, actor=SYSTEM, now=NOW)

    assert (AuditEntry.objects.filter(action="shops.changed").count(), Shop.objects.get().code) == (0, "tmall-01")
