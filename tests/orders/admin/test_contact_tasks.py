"""Unconfirmed customers: noticed by the duty, asked and recorded in the browser."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from orders.models import CarrierCase, ContactTask, Order, Settlement
from orders.queries.finance.invariants import stuck
from orders.services.returns import deciding
from orders.services.returns.requesting import Wish, request_return
from tests.builders import (
    NOW,
    a_contact_task,
    a_report,
    a_shipped_order,
    parcel_of,
)
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SECOND = timedelta(seconds=1)
SILENCE, WEEK = timedelta(hours=48), timedelta(days=7)


@pytest.mark.sop("O16")
@pytest.mark.parametrize(("after", "tasks"), [(WEEK - SECOND, 0), (WEEK, 1)])
def test_seven_days_after_delivery_the_customer_is_asked(sku: Any, after: timedelta, tasks: int) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    delivered = NOW + timedelta(days=2)
    a_report("SF000000000001", "delivered", delivered)

    for _ in range(2):
        run("orders.scan_unconfirmed", delivered + after)

    order.refresh_from_db()
    assert (ContactTask.objects.count(), WorkItem.objects.count(), order.status) == (tasks, tasks, "shipped")
    assert Event.objects.filter(type="order.confirm_overdue").count() == tasks


@pytest.mark.sop("O16")
@pytest.mark.parametrize(("after", "tasks"), [(timedelta(days=10) - SECOND, 0), (timedelta(days=10), 1)])
def test_without_a_delivery_report_it_is_ten_days_after_the_hand_over(sku: Any, after: timedelta, tasks: int) -> None:
    a_shipped_order()

    run("orders.scan_unconfirmed", NOW + after)

    assert ContactTask.objects.count() == tasks


@pytest.mark.sop("O16", "O15")
def test_a_customer_who_has_the_goods_completes_the_order(sku: Any, agent: Staff) -> None:
    task = a_contact_task()

    agent.command("contacttask", task.pk, "record", outcome="received", note="phone, 9:05: all well")

    task.refresh_from_db()
    order = Order.objects.get()
    assert (task.state, task.outcome, task.attempts, order.status) == ("closed", "received", 1, "completed")
    assert Settlement.objects.get().order == order
    assert WorkItem.objects.get().outcome == "received"
    assert AuditEntry.objects.get(action="orders.confirm_receipt").reason == "phone, 9:05: all well"


def test_a_customer_without_the_goods_opens_a_carrier_case(sku: Any, agent: Staff) -> None:
    task = a_contact_task()

    agent.command("contacttask", task.pk, "record", outcome="not_received", note="nothing came")

    task.refresh_from_db()
    order, case = Order.objects.get(), CarrierCase.objects.get()
    assert (task.state, case.kind, case.shipment, order.status) == ("closed", "not_received", parcel_of(order), "shipped")
    assert order.confirm_by == NOW + timedelta(days=3)
    run("orders.scan_unconfirmed", NOW + timedelta(days=3))
    assert ContactTask.objects.filter(state="open").count() == 1


def test_a_customer_who_is_not_reached_is_asked_again_and_then_by_the_supervisor(sku: Any, agent: Staff) -> None:
    task = a_contact_task()
    open_items = WorkItem.objects.filter(closed_at=None)
    roles = []
    for _ in range(3):
        roles.append(open_items.get().role)
        agent.command("contacttask", task.pk, "record", outcome="unreachable", note="")
        run("orders.scan_unconfirmed", NOW + timedelta(days=3) - SECOND)
        assert open_items.count() == 0
        run("orders.scan_unconfirmed", NOW + timedelta(days=3))
    roles.append(open_items.get().role)

    task.refresh_from_db()
    assert roles == ["customer_service"] * 3 + ["operations_supervisor"]
    assert (task.state, task.attempts, Event.objects.filter(type="order.confirm_overdue").count()) == ("open", 3, 1)


@pytest.mark.sop("O16", refused=True)
@pytest.mark.parametrize("outcome", ["received", "not_received", "wants_return", "call_back"])
def test_an_outcome_without_a_word_of_the_customer_is_refused(sku: Any, agent: Staff, outcome: str) -> None:
    task = a_contact_task()
    before = row_counts()

    answer = agent.command("contacttask", task.pk, "record", outcome=outcome, note=" ")

    assert (answer.status_code, "Write down what the customer said." in text_of(answer)) == (422, True)
    assert row_counts() == before
    assert Order.objects.get().status == "shipped"


@pytest.mark.sop("O16")
def test_a_customer_who_wants_to_return_leads_to_the_form_of_the_return(sku: Any, agent: Staff) -> None:
    task = a_contact_task()

    answer = agent.command("contacttask", task.pk, "record", outcome="wants_return", note="too small")

    task.refresh_from_db()
    order = Order.objects.get()
    assert answer["Location"].endswith(f"/returnrequest/enter/{order.pk}/")
    assert (task.state, task.outcome, order.status, order.confirm_by) == (
        "closed",
        "wants_return",
        "shipped",
        NOW + timedelta(days=3),
    )
    later = NOW + timedelta(days=3)
    row = request_return(order_id=order.pk, type_="refund_only", lines=[Wish("TS-RED-M", 1, "size")], actor=SYSTEM, now=NOW)
    run("orders.scan_unconfirmed", later)
    assert (ContactTask.objects.filter(state="open").count(), stuck(9)) == (0, [])  # the return has its own clocks
    deciding.cancel_return(return_id=row.pk, reason="keeps it", actor=SYSTEM, now=later)
    run("orders.scan_unconfirmed", later)
    assert ContactTask.objects.filter(state="open").count() == 1  # no order is forgotten


@pytest.mark.sop("O16")
def test_a_customer_is_called_back_when_it_was_agreed(sku: Any, agent: Staff) -> None:
    task = a_contact_task()
    agreed = NOW + timedelta(days=1, hours=6)

    agent.command("contacttask", task.pk, "record", outcome="call_back", note="tomorrow", call_back_at="2026-06-12 14:59:30")

    task.refresh_from_db()
    assert (task.state, task.next_contact_at, task.attempts) == ("open", agreed, 1)
    open_items = WorkItem.objects.filter(closed_at=None)
    run("orders.scan_unconfirmed", agreed - SECOND)
    assert open_items.count() == 0
    run("orders.scan_unconfirmed", agreed)
    assert open_items.get().subject_id == task.public_id


@pytest.mark.sop("O16", refused=True)
@pytest.mark.parametrize("moment", ["", "2026-06-11 08:59:30", "2026-06-25 08:59:31"])
def test_a_call_is_agreed_for_one_of_the_next_days(sku: Any, agent: Staff, moment: str) -> None:
    task = a_contact_task()
    before = row_counts()

    answer = agent.command("contacttask", task.pk, "record", outcome="call_back", note="later", call_back_at=moment)

    assert (answer.status_code, "Agree on a time in the next days to call back." in text_of(answer)) == (422, True)
    assert row_counts() == before


def test_the_page_says_whom_to_call(sku: Any, agent: Staff) -> None:
    task = a_contact_task()
    page = text_of(agent.open("orders_contacttask_change", task.pk))
    assert ("王* 138****0000" in page, Order.objects.get().number in page) == (True, True)
