"""Silent parcels, unconfirmed customers and settlements: noticed by the duties, finished in the browser."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import CarrierCase, ContactTask, Order, Settlement
from orders.services.carrier_cases import open_for_stalled
from orders.services.contact_tasks import open_for_unconfirmed
from orders.services.tracking import Report, record_reports
from tests.builders import NOW, a_packed_order, a_shipped_order, a_shop, a_sku, parcel_of
from tests.support.browser_client import Staff, text_of
from tests.support.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SECOND = timedelta(seconds=1)
SILENCE, WEEK = timedelta(hours=48), timedelta(days=7)


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=200)


@pytest.fixture
def agent(db: None) -> Staff:
    return Staff(Role.CUSTOMER_SERVICE)


def run(name: str, at: datetime) -> None:
    """Run a duty as the schedule does."""
    call_command("run_duty", name, "--at", at.isoformat())


def reported(number: str, code: str, at: datetime) -> None:
    receipts = record_reports(reports=[Report("sf", number, code, at)], all_or_nothing=True, actor=SYSTEM, now=at)
    assert receipts[0].created


def a_case() -> CarrierCase:
    a_shipped_order(tracking_no="SF000000000001")
    open_for_stalled(actor=SYSTEM, now=NOW + SILENCE)
    return CarrierCase.objects.get()


def a_task(order: Order | None = None) -> ContactTask:
    order = order or a_shipped_order(tracking_no="SF000000000001")
    open_for_unconfirmed(actor=SYSTEM, now=NOW + timedelta(days=10))
    return ContactTask.objects.get(order=order)


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
    case = a_case()
    moved = NOW + SILENCE + timedelta(hours=1)

    reported("SF000000000001", "in_transit", moved)
    run("orders.scan_stalled_shipments", moved + SILENCE - SECOND)

    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_by) == ("closed", "moving", "system")
    assert (WorkItem.objects.get().outcome, CarrierCase.objects.count()) == ("moving", 1)
    run("orders.scan_stalled_shipments", moved + SILENCE)
    assert list(CarrierCase.objects.order_by("id").values_list("state", flat=True)) == ["closed", "open"]


def test_an_old_report_that_comes_late_does_not_end_the_silence(sku: Any) -> None:
    case = a_case()

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
    reported("SF000000000001", end, NOW + timedelta(hours=1))

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
    case = a_case()
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
    case = a_case()
    before = row_counts()

    answer = agent.command("carriercase", case.pk, command, **fields)

    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert row_counts() == before
    case.refresh_from_db()
    assert case.state == "open"


@pytest.mark.sop("O16")
@pytest.mark.parametrize(("after", "tasks"), [(WEEK - SECOND, 0), (WEEK, 1)])
def test_seven_days_after_delivery_the_customer_is_asked(sku: Any, after: timedelta, tasks: int) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    delivered = NOW + timedelta(days=2)
    reported("SF000000000001", "delivered", delivered)

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
    task = a_task()

    agent.command("contacttask", task.pk, "record", outcome="received", note="phone, 9:05: all well")

    task.refresh_from_db()
    order = Order.objects.get()
    assert (task.state, task.outcome, task.attempts, order.status) == ("closed", "received", 1, "completed")
    assert Settlement.objects.get().order == order
    assert WorkItem.objects.get().outcome == "received"
    assert AuditEntry.objects.get(action="orders.confirm_receipt").reason == "phone, 9:05: all well"


def test_a_customer_without_the_goods_opens_a_carrier_case(sku: Any, agent: Staff) -> None:
    task = a_task()

    agent.command("contacttask", task.pk, "record", outcome="not_received", note="nothing came")

    task.refresh_from_db()
    order, case = Order.objects.get(), CarrierCase.objects.get()
    assert (task.state, case.kind, case.shipment, order.status) == ("closed", "not_received", parcel_of(order), "shipped")
    assert order.confirm_by == NOW + timedelta(days=3)
    run("orders.scan_unconfirmed", NOW + timedelta(days=3))
    assert ContactTask.objects.filter(state="open").count() == 1


def test_a_customer_who_is_not_reached_is_asked_again_and_then_by_the_supervisor(sku: Any, agent: Staff) -> None:
    task = a_task()
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
@pytest.mark.parametrize("outcome", ["received", "not_received"])
def test_an_outcome_without_a_word_of_the_customer_is_refused(sku: Any, agent: Staff, outcome: str) -> None:
    task = a_task()
    before = row_counts()

    answer = agent.command("contacttask", task.pk, "record", outcome=outcome, note=" ")

    assert (answer.status_code, "Write down what the customer said." in text_of(answer)) == (422, True)
    assert row_counts() == before
    assert Order.objects.get().status == "shipped"


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


def test_who_may_not_work_on_it_changes_nothing(sku: Any, agent: Staff) -> None:
    case = a_case()
    task = a_task(Order.objects.get())
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
    case = a_case()
    parcel = case.shipment
    order = Order.objects.get()
    task = a_task(order)
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
