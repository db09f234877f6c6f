"""Silent parcels: noticed by the duty, worked on and closed in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import CarrierCase, Order
from orders.services.tracking.carrier_cases import open_for_stalled
from orders.services.tracking.tracking import Report, record_reports
from tests.builders import NOW, a_carrier_case, a_contact_task, a_packed_order, a_report, a_shipped_order, parcel_of
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SECOND = timedelta(seconds=1)
SILENCE, WEEK = timedelta(hours=48), timedelta(days=7)


@pytest.mark.sop("O14")
@pytest.mark.parametrize(("after", "cases"), [(SILENCE - SECOND, 0), (SILENCE, 1), (SILENCE + SECOND, 1)])
def test_a_parcel_stalls_at_48_hours_of_silence_and_not_before(sku: Any, after: timedelta, cases: int) -> None:
    order = a_shipped_order()

    run("orders.scan_stalled_shipments", NOW + after)

    assert CarrierCase.objects.count() == cases
    assert (parcel_of(order).stalled_at is not None) is bool(cases)
    assert Event.objects.filter(type="shipment.stalled").count() == cases


@pytest.mark.sop("O14")
def test_a_silent_parcel_is_customer_services_work_once_an_episode(sku: Any, agent: Staff) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    at = NOW + SILENCE

    for hours in range(3):
        run("orders.scan_stalled_shipments", at + timedelta(hours=hours))

    case, item = CarrierCase.objects.get(), WorkItem.objects.get()
    assert (case.shipment, case.kind, case.state, case.opened_at) == (parcel_of(order), "stalled", "open", at)
    assert (item.kind, item.role, item.subject_id, item.due_at) == (
        "orders.carrier_case",
        "customer_service",
        case.public_id,
        at + timedelta(hours=24),
    )
    assert agent.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200


def test_a_new_report_ends_the_episode_and_arms_the_next(sku: Any) -> None:
    case = a_carrier_case()
    moved = NOW + SILENCE + timedelta(hours=1)

    a_report("SF000000000001", "in_transit", moved)
    run("orders.scan_stalled_shipments", moved + SILENCE - SECOND)

    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_by) == ("closed", "moving", "system")
    assert (WorkItem.objects.get().outcome, CarrierCase.objects.count()) == ("moving", 1)
    run("orders.scan_stalled_shipments", moved + SILENCE)
    assert list(CarrierCase.objects.order_by("id").values_list("state", flat=True)) == ["closed", "open"]


def test_an_old_report_that_comes_late_does_not_end_the_silence(sku: Any) -> None:
    case = a_carrier_case()

    record_reports(
        reports=[Report("sf", "SF000000000001", "in_transit", NOW - SECOND)],
        all_or_nothing=True,
        actor=SYSTEM,
        now=NOW + SILENCE + SECOND,
    )

    case.refresh_from_db()
    assert (case.state, case.shipment.stalled_at) == ("open", NOW + SILENCE)


@pytest.mark.parametrize("end", ["delivered", "returned"])
def test_a_parcel_that_arrived_is_not_silent(sku: Any, end: str) -> None:
    a_shipped_order(tracking_no="SF000000000001")
    a_report("SF000000000001", end, NOW + timedelta(hours=1))

    assert open_for_stalled(actor=SYSTEM, now=NOW + timedelta(days=30)) == 0


def test_the_scan_costs_the_same_statements_for_one_parcel_and_for_ten(sku: Any) -> None:
    counts = []
    for parcels in (1, 10):
        for _ in range(parcels):
            a_shipped_order(quantity=1)
        with CaptureQueriesContext(connection) as statements:
            assert open_for_stalled(actor=SYSTEM, now=NOW + SILENCE) == parcels
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.sop("O14")
def test_a_case_is_worked_to_its_end(sku: Any, agent: Staff) -> None:
    case = a_carrier_case()
    promise = NOW + timedelta(days=3)

    agent.command("carriercase", case.pk, "log_contact", spoke_with="Li", note="searching", promise_due="2026-06-14T08:59:30")
    agent.command("carriercase", case.pk, "tell_customer", text="the carrier is searching")
    agent.command("carriercase", case.pk, "close", outcome="lost", note="a new one is sent")

    case.refresh_from_db()
    item = WorkItem.objects.get()
    assert (case.state, case.outcome, case.promise_due, case.customer_told_at) == ("closed", "lost", promise, NOW)
    assert list(case.contacts.values_list("spoke_with", "note", "by")) == [("Li", "searching", agent.user.username)]
    assert (item.outcome, item.due_at, item.closed_at) == ("lost", promise, NOW)
    notice = Notice.objects.get(kind="orders.parcel_trouble")
    assert notice.params["text"] == "the carrier is searching"
    actions = AuditEntry.objects.filter(subject_id=case.public_id).order_by("id").values_list("action", flat=True)
    assert list(actions) == [
        "orders.carrier_case_opened",
        "orders.carrier_contacted",
        "orders.customer_told",
        "orders.carrier_case_closed",
    ]


@pytest.mark.sop("O14", refused=True)
@pytest.mark.parametrize(
    ("command", "fields", "says"),
    [
        ("close", {"outcome": "lost"}, "Tell the customer first."),
        (
            "log_contact",
            {"spoke_with": "Li", "note": "x", "promise_due": "2026-06-11T08:00:00"},
            "A promise lies in the future.",
        ),
        ("close", {"outcome": "vanished"}, "vanished"),
    ],
)
def test_a_case_is_not_closed_or_promised_away(sku: Any, agent: Staff, command: str, fields: Any, says: str) -> None:
    case = a_carrier_case()
    before = row_counts()

    answer = agent.command("carriercase", case.pk, command, **fields)

    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert row_counts() == before
    case.refresh_from_db()
    assert case.state == "open"


def test_who_may_not_work_on_it_changes_nothing(sku: Any, agent: Staff) -> None:
    case = a_carrier_case()
    task = a_contact_task(Order.objects.get())
    order = a_packed_order()
    other = Staff(Role.PRODUCT_SPECIALIST)
    before = row_counts()

    answers = [
        other.command("carriercase", case.pk, "close", outcome="moving"),
        other.command("contacttask", task.pk, "record", outcome="received", note="x"),
        other.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000009"),
        agent.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000009"),
        agent.open("orders_settlement_changelist"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert row_counts() == before


def test_the_page_of_an_order_shows_its_parcels_and_every_page_opens(sku: Any, agent: Staff) -> None:
    case = a_carrier_case()
    parcel = case.shipment
    order = Order.objects.get()
    task = a_contact_task(order)
    agent.command("carriercase", case.pk, "log_contact", spoke_with="Li", note="searching")
    agent.command("contacttask", task.pk, "record", outcome="unreachable")
    pages = {
        name: text_of(agent.open(name, *args))
        for name, args in {
            "orders_order_change": [order.pk],
            "orders_shipment_change": [parcel.pk],
            "orders_carriercase_change": [case.pk],
            "orders_contacttask_change": [task.pk],
            "orders_shipment_changelist": [],
            "orders_carriercase_changelist": [],
            "orders_contacttask_changelist": [],
        }.items()
    }

    assert "SF000000000001" in pages["orders_order_change"]
    assert "searching" in pages["orders_carriercase_change"]
    assert "Not reached" in pages["orders_contacttask_change"]
    assert all("SF000000000001" in pages[f"orders_{name}"] for name in ("shipment_changelist", "carriercase_changelist"))
    assert order.number in pages["orders_contacttask_changelist"]
    found = agent.client.get("/admin/search/", {"s": "sf0000", "extended": "1"})
    assert "SF000000000001" in text_of(found)
