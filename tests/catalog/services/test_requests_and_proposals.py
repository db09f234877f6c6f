"""Replenishment requests and proposals on slow stock: what is refused, and what is decided."""

from typing import Any

import pytest

from catalog.models import SlowStock, StockAlert
from catalog.services.alerts import acknowledge_alert
from catalog.services.counting import slow
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Forbidden, Invalid
from opsdesk.duties.services import run_at
from tests.builders import NOW, a_purchase, a_shop, a_sku, an_actor
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert() -> StockAlert:
    a_sku(a_shop(), on_hand=3)
    run_at(name="catalog.scan_thresholds", now=NOW)
    return StockAlert.objects.get()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"quantity": 0}, "out_of_range"),
        ({"quantity": 1_000_001}, "out_of_range"),
        ({"supplier_name": "Nobody"}, "unknown_supplier"),
    ],
)
def test_a_request_is_accepted_with_what_can_be_ordered(alert: StockAlert, given: Any, code: str) -> None:
    before = row_counts()
    with pytest.raises(Invalid) as refused:
        acknowledge_alert(alert_id=alert.pk, **given, actor=SYSTEM, now=NOW)
    assert ([issue.code for issue in refused.value.issues], row_counts()) == ([code], before)
    assert StockAlert.objects.get().status == "open"


def test_a_request_that_stands_in_an_order_is_not_accepted_again(alert: StockAlert) -> None:
    StockAlert.objects.update(purchase_order=a_purchase((alert.sku, 5)))
    with pytest.raises(Conflict):
        acknowledge_alert(alert_id=alert.pk, actor=SYSTEM, now=NOW)
    assert StockAlert.objects.get().acked_at is None


def test_a_proposal_is_declined_by_its_desk_with_a_reason() -> None:
    sku = a_sku(a_shop())
    row = SlowStock.objects.create(sku=sku, proposal="promote", facts={}, found_at=NOW, due_at=NOW)
    marketing = an_actor(Role.MARKETING)

    with pytest.raises(Invalid):
        slow.decline(slow_id=row.pk, note=" ", actor=marketing, now=NOW)
    with pytest.raises(Forbidden):
        slow.decline(slow_id=row.pk, note="no", actor=an_actor(Role.PURCHASING), now=NOW)
    assert SlowStock.objects.get().state == "open"
    slow.decline(slow_id=row.pk, note="season ahead", actor=marketing, now=NOW)

    row.refresh_from_db()
    assert (row.state, row.note, row.decided_by_id) == ("declined", "season ahead", marketing.staff_id)


def test_what_is_off_sale_settles_its_proposals() -> None:
    sku = a_sku(a_shop())
    SlowStock.objects.create(sku=sku, proposal="delist", facts={}, found_at=NOW, due_at=NOW)
    assert slow.settle(product_id=sku.product_id, step="accept", actor=SYSTEM, now=NOW) == 1
    assert slow.settle(product_id=sku.product_id, step="accept", actor=SYSTEM, now=NOW) == 0
    assert SlowStock.objects.get().state == "accepted"
