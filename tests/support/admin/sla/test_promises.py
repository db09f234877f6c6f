"""The promise ledger through its screens."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.models import Customer
from support.enums.tickets import TicketState, TicketType
from support.errors import GroundsMissing, PromiseMissing
from support.models import ComplaintReview, Promise, Ticket, TicketClock
from support.queries.sla.promises import of_customer, visible_to, without_promise
from support.services.sla import clocks
from support.services.sla.promises import require_archive_grounds, require_promise
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
HOUR = timedelta(hours=1)
MS = timedelta(milliseconds=1)
BY = "2026-06-11 12:00"
SWEEP = "support.sweep_clocks"


@pytest.fixture(autouse=True)
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def agent() -> Staff:
    return Staff(Role.CUSTOMER_SERVICE)


@pytest.fixture
def complaint() -> Ticket:
    return a_ticket(type=TicketType.COMPLAINT, state=TicketState.IN_PROGRESS, subject="Broken cup")


def give(staff: Staff, ticket: Ticket, **changes: Any) -> Any:
    fields = {"result": "A new cup leaves today", "due_at": BY} | changes
    return staff.client.post(f"/admin/support/promise/give/{ticket.public_id}/", fields)


def press(staff: Staff, promise: Promise, name: str, **fields: Any) -> Any:
    return staff.send("support_promise_command", promise.pk, name, **fields)


@pytest.mark.sop("S9")
def test_a_promise_is_given_kept_and_counted(agent: Staff, complaint: Ticket, clock: Any) -> None:
    with pytest.raises(PromiseMissing):
        require_promise(complaint)
    assert give(agent, complaint).status_code == 302
    require_promise(complaint)
    promise = Promise.objects.get()
    row = TicketClock.objects.get(kind="promise")
    assert (promise.state, row.due_at, row.started_at) == ("open", promise.due_at, NOW)
    clock.move_to(promise.due_at)  # at the very moment it is still kept
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert press(agent, promise, "keep", note="Sent with SF123").status_code == 302
    promise.refresh_from_db()
    row.refresh_from_db()
    assert (promise.state, promise.closed_at, row.state) == ("kept", promise.due_at, "met")
    require_promise(complaint)
    assert "Sent with SF123" in text_of(agent.open("support_promise_change", promise.pk))


@pytest.mark.sop("S9", refused=True)
def test_a_promise_without_result_or_future_is_refused(agent: Staff, complaint: Ticket) -> None:
    before = row_counts()
    past = give(agent, complaint, due_at="2026-06-11 08:59")
    assert (past.status_code, give(agent, complaint, result=" ").status_code, row_counts()) == (422, 422, before)
    assert "Promise a time that is still to come." in text_of(past)
    assert give(agent, complaint).status_code == 302
    before = row_counts()
    second = give(agent, complaint)
    assert (second.status_code, row_counts()) == (422, before)
    assert "There is an open promise" in text_of(second)


def test_a_moment_late_it_is_broken_and_the_next_promise_ends_the_work(agent: Staff, complaint: Ticket, clock: Any) -> None:
    give(agent, complaint)
    promise = Promise.objects.get()
    run(SWEEP, promise.due_at)
    promise.refresh_from_db()
    assert promise.state == "open"
    late = promise.due_at + MS
    clock.move_to(late)
    agent = Staff(Role.CUSTOMER_SERVICE)
    refused = press(agent, promise, "keep", note="Sent")
    assert (refused.status_code, "The promised time has passed" in text_of(refused)) == (422, True)
    run(SWEEP, late)
    promise.refresh_from_db()
    row = TicketClock.objects.get(kind="promise")
    assert (promise.state, promise.closed_by, row.state, row.breached_at) == ("broken", "system", "breached", promise.due_at)
    with pytest.raises(PromiseMissing):
        require_promise(complaint)
    item = WorkItem.objects.get(kind="support.next_promise", closed_at=None)
    assert item.due_at == late + 4 * HOUR
    home = text_of(agent.client.get("/admin/"))
    link = f"/admin/support/promise/give/{complaint.public_id}/"
    assert link in home
    assert agent.client.get(link).status_code == 200
    assert press(agent, promise, "follow", result="Money back", due_at="2026-06-12 12:00").status_code == 302
    item.refresh_from_db()
    assert (item.outcome, Promise.objects.filter(state="open").get().result) == ("promised", "Money back")
    run(SWEEP, late)
    assert Promise.objects.filter(state="broken").count() == 1


def test_breaking_needs_a_reason(agent: Staff, complaint: Ticket) -> None:
    give(agent, complaint)
    promise, before = Promise.objects.get(), row_counts()
    assert (press(agent, promise, "break", note=" ").status_code, row_counts()) == (422, before)
    assert press(agent, promise, "break", note="Out of stock").status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.note) == ("broken", "Out of stock")


def test_a_resolved_complaint_asks_for_its_cause_and_is_put_away_with_it(agent: Staff, complaint: Ticket) -> None:
    clocks.resolved(complaint, SYSTEM, NOW)
    item = WorkItem.objects.get(kind="support.write_grounds")
    assert item.due_at == NOW + timedelta(days=3)
    with pytest.raises(GroundsMissing):
        require_archive_grounds(complaint)
    address = f"/admin/support/complaintreview/write/{complaint.public_id}/"
    assert address in text_of(agent.client.get("/admin/"))
    before = row_counts()
    assert agent.client.post(address, {"root_cause": "Thin box", "prevention": " "}).status_code == 422
    assert row_counts() == before
    sent = agent.client.post(address, {"root_cause": "Thin box", "prevention": "Double box for cups"})
    assert sent.status_code == 302
    item.refresh_from_db()
    require_archive_grounds(complaint)
    assert (item.outcome, ComplaintReview.objects.get().prevention) == ("written", "Double box for cups")
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    assert "Double box for cups" in text_of(lead.open("support_complaintreview_changelist"))


def test_other_tickets_need_neither(agent: Staff) -> None:
    ticket = a_ticket()
    require_promise(ticket)
    require_archive_grounds(ticket)
    sent = agent.client.post(
        f"/admin/support/complaintreview/write/{ticket.public_id}/", {"root_cause": "a", "prevention": "b"}
    )
    assert (sent.status_code, ComplaintReview.objects.count()) == (422, 0)


def test_a_merged_ticket_hands_its_promise_on(agent: Staff, complaint: Ticket) -> None:
    give(agent, complaint)
    into = a_ticket(type=TicketType.COMPLAINT, state=TicketState.IN_PROGRESS)
    with transaction.atomic():
        clocks.merged(complaint, into, SYSTEM, NOW)
    states = dict(Promise.objects.values_list("ticket__number", "state"))
    assert states == {complaint.number: "moved", into.number: "open"}
    assert TicketClock.objects.get(ticket=into, kind="promise").due_at == Promise.objects.get(ticket=into).due_at


def test_a_closed_ticket_is_promised_nothing_and_grounds_are_asked_for_once(agent: Staff, complaint: Ticket) -> None:
    complaint.state = TicketState.ARCHIVED
    complaint.save()
    before = row_counts()
    refused = give(agent, complaint)
    assert (refused.status_code, row_counts()) == (422, before)
    assert "This ticket is closed." in text_of(refused)
    write = {"root_cause": "Thin box", "prevention": "Thick box"}
    address = f"/admin/support/complaintreview/write/{complaint.public_id}/"
    assert agent.client.post(address, write).status_code == 302
    clocks.resolved(complaint, SYSTEM, NOW)
    assert WorkItem.objects.filter(kind="support.write_grounds").count() == 0
    assert "Thick box" in text_of(agent.client.get(address))
    assert Staff(Role.AUDITOR).client.post(address, write).status_code == 403


def test_a_customer_sees_what_was_ever_promised(agent: Staff, complaint: Ticket) -> None:
    customer = Customer.objects.create(shop=complaint.shop, external_id="b-1", name="王小明")
    complaint.customer = customer
    complaint.save()
    assert without_promise(5) == [complaint.pk]
    give(agent, complaint)
    assert [row.result for row in of_customer(customer.pk)] == ["A new cup leaves today"]
    assert (list(visible_to(SYSTEM)), without_promise(5)) == ([Promise.objects.get()], [])


def test_who_does_not_work_with_tickets_promises_nothing(complaint: Ticket) -> None:
    for role in (Role.WAREHOUSE, Role.AUDITOR):
        assert give(Staff(role), complaint).status_code == 403
    assert give(Staff(Role.CUSTOMER_SERVICE, shops=[]), complaint).status_code == 404
    assert Promise.objects.count() == 0
