"""Completing without a confirmation: off until a manager switches it on."""

from datetime import datetime, timedelta

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from orders.enums.tracking import CaseKind
from orders.models import ContactTask, Order, Settlement
from orders.services.returns.requesting import Wish, request_return
from orders.services.tracking.carrier_cases import open_case
from tests.builders import NOW, a_contact_task, a_report, a_shipped_order, a_shop, a_sku, parcel_of
from tests.kit.browser import Staff
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
DELIVERED = NOW + timedelta(days=2)
DUE = DELIVERED + timedelta(days=14)  # 7 days to confirm, and 7 more


@pytest.fixture
def order(db: None) -> Order:
    a_sku(a_shop(), on_hand=20)
    found = a_shipped_order(tracking_no="SF000000000001")
    a_report("SF000000000001", "delivered", DELIVERED)
    return found


@pytest.fixture
def switched_on(db: None) -> None:
    override(code="orders.auto_complete", value=1, reason="agreed", actor=SYSTEM, now=NOW)
    forget_cached()


def status_at(moment: datetime) -> str:
    run("orders.auto_complete", moment)
    return Order.objects.get().status


@pytest.mark.sop("O15")
def test_it_is_off_and_a_manager_switches_it_on(order: Order) -> None:
    assert status_at(DUE + timedelta(days=90)) == "shipped"
    form = {"value": "1", "reason": "agreed with the platform"}
    assert Staff(Role.CUSTOMER_SERVICE).send("parameter", "orders.auto_complete", **form).status_code == 403
    assert Staff(Role.OPERATIONS_MANAGER).send("parameter", "orders.auto_complete", **form).status_code == 302
    forget_cached()

    assert status_at(DUE) == "completed"
    assert Settlement.objects.get().order == order
    assert AuditEntry.objects.get(action="orders.confirm_receipt").reason == (
        "automatic: every parcel delivered by the carrier's report, not confirmed for 7 days after the deadline"
    )


@pytest.mark.parametrize(("early", "status"), [(timedelta(seconds=1), "shipped"), (timedelta(0), "completed")])
def test_it_waits_for_its_time(order: Order, switched_on: None, early: timedelta, status: str) -> None:
    assert status_at(DUE - early) == status


def test_an_open_contact_task_ends_with_it(order: Order, switched_on: None) -> None:
    task = a_contact_task(order)
    assert status_at(DUE) == "completed"
    task.refresh_from_db()
    assert (task.state, task.outcome, ContactTask.objects.count()) == ("closed", "unreachable", 1)


def test_nothing_is_completed_over_the_head_of_a_customer_who_complains(order: Order, switched_on: None) -> None:
    lines = [Wish("TS-RED-M", 1, "quality")]
    request_return(order_id=order.pk, type_="refund_only", lines=lines, actor=SYSTEM, now=DELIVERED)
    before = row_counts()
    assert status_at(DUE) == "shipped"
    assert {name for name, rows in row_counts().items() if rows != before[name]} <= {"duties_dutyrun"}


def test_a_carrier_case_keeps_the_order_open(order: Order, switched_on: None) -> None:
    open_case(shipment_id=parcel_of(order).pk, kind=CaseKind.DAMAGED, note="wet", actor=SYSTEM, now=DELIVERED)
    assert status_at(DUE) == "shipped"


def test_what_was_not_delivered_is_never_completed(switched_on: None) -> None:
    a_sku(a_shop(), on_hand=20)
    a_shipped_order()
    assert status_at(DUE + timedelta(days=90)) == "shipped"
