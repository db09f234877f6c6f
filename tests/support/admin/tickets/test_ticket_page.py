"""The page of a ticket and its buttons."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.models import DepartmentTask, Message, Ticket, TicketClock
from support.services.tickets.intake import TicketDraft, open_ticket
from tests.builders import NOW, a_shop, a_user, an_actor
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def agent() -> Staff:
    return Staff(Role.CUSTOMER_SERVICE)


def a_chat(**changes: Any) -> Ticket:
    draft = TicketDraft(**({"shop": "tmall-01", "channel": "chat", "body": "Where is it?"} | changes))
    return open_ticket(draft, actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)


def press(staff: Staff, ticket: Ticket, name: str, **fields: Any) -> Any:
    answer = staff.send("support_ticket_command", ticket.pk, name, **fields)
    ticket.refresh_from_db()
    return answer


@pytest.mark.sop("S2")
def test_an_agent_answers_notes_resolves_and_asks_the_customer(agent: Staff) -> None:
    ticket = a_chat()
    assert press(agent, ticket, "reply", body="On its way").status_code == 302
    assert (ticket.state, ticket.assignee_id) == ("in_progress", agent.user.pk)
    assert press(agent, ticket, "note", body="Parcel SF1").status_code == 302
    page = text_of(agent.open("support_ticket_change", ticket.pk))
    assert all(text in page for text in ("On its way", "Parcel SF1", "Where is it?", "Clocks and promises"))
    assert press(agent, ticket, "resolve", solution_type="answered", solution="Told").status_code == 302
    assert (ticket.state, ticket.resolutions, ticket.resolved_at) == ("resolved", 1, NOW)
    assert Event.objects.get(type="ticket.resolved").data["solution_type"] == "answered"


@pytest.mark.sop("S10")
def test_the_confirmation_is_recorded_and_a_week_later_archived(agent: Staff) -> None:
    ticket = a_chat()
    press(agent, ticket, "take")
    press(agent, ticket, "resolve", solution_type="answered", solution="Told")
    item = WorkItem.objects.get(kind="support.ticket_to_confirm")
    assert (item.due_at, item.owner_id) == (NOW + DAY, agent.user.pk)
    assert f"/admin/support/ticket/{ticket.public_id}/change/" in text_of(agent.client.get("/admin/"))
    before = row_counts()
    assert press(agent, ticket, "confirm", said=" ").status_code == 422
    assert row_counts() == before
    assert press(agent, ticket, "confirm", said="By phone: all is well").status_code == 302
    item.refresh_from_db()
    assert (ticket.state, ticket.confirmed_at, item.outcome) == ("confirmed", NOW, "confirmed")
    assert Message.objects.get(public=False).body == "By phone: all is well"
    run("support.archive_tickets", NOW + 7 * DAY)
    ticket.refresh_from_db()
    assert ticket.state == "confirmed"
    run("support.archive_tickets", NOW + 7 * DAY + timedelta(seconds=1))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.archived_at) == ("archived", NOW + 7 * DAY + timedelta(seconds=1))


@pytest.mark.sop("S10", refused=True)
def test_what_is_not_resolved_is_not_confirmed_and_resolving_needs_words(agent: Staff) -> None:
    ticket = a_chat()
    press(agent, ticket, "take")
    before = row_counts()
    assert press(agent, ticket, "confirm", said="Fine").status_code == 422
    assert press(agent, ticket, "resolve", solution_type="answered", solution=" ").status_code == 422
    assert press(agent, ticket, "reopen", reason="x").status_code == 422
    assert (row_counts(), ticket.state) == (before, "in_progress")


@pytest.mark.sop("S2", refused=True)
def test_empty_answers_and_strangers_are_refused(agent: Staff) -> None:
    ticket = a_chat()
    auditor, packer, stranger = Staff(Role.AUDITOR), Staff(Role.WAREHOUSE), Staff(Role.CUSTOMER_SERVICE, shops=[])
    before = row_counts()
    assert press(agent, ticket, "reply", body=" ").status_code == 422
    assert press(auditor, ticket, "reply", body="Hi").status_code == 403
    assert press(packer, ticket, "reply", body="Hi").status_code == 403
    assert press(stranger, ticket, "reply", body="Hi").status_code == 404
    assert row_counts() == before


@pytest.mark.sop("S6")
def test_a_department_is_asked_and_its_answer_brings_the_ticket_back(agent: Staff) -> None:
    ticket = a_chat()
    assert press(agent, ticket, "ask", role="warehouse", question="Was it packed?").status_code == 302
    task = DepartmentTask.objects.get()
    assert (ticket.state, ticket.assignee_id, task.due_at) == ("waiting_department", agent.user.pk, NOW + timedelta(hours=4))
    assert TicketClock.objects.filter(ticket=ticket, paused_at__isnull=False).count() == 0
    packer = Staff(Role.WAREHOUSE)
    assert f"/admin/support/departmenttask/{task.public_id}/change/" in text_of(packer.client.get("/admin/"))
    assert "Was it packed?" in text_of(packer.open("support_departmenttask_change", task.pk))
    sent = packer.send("support_departmenttask_command", task.pk, "answer", answer="Yes, yesterday")
    assert sent.status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == "in_progress"
    assert WorkItem.objects.get(kind="support.task_to_answer").outcome == "answered"
    back = WorkItem.objects.get(kind="support.task_back")
    assert (back.owner_id, back.closed_at) == (agent.user.pk, None)
    assert "Yes, yesterday" in text_of(agent.open("support_ticket_change", ticket.pk))
    press(agent, ticket, "reply", body="It was packed yesterday")
    back.refresh_from_db()
    assert back.outcome == "replied"


@pytest.mark.sop("S6", refused=True)
def test_only_the_department_that_was_asked_answers_once(agent: Staff) -> None:
    ticket = a_chat()
    press(agent, ticket, "ask", role="warehouse", question="Was it packed?")
    task = DepartmentTask.objects.get()
    finance, packer = Staff(Role.FINANCE), Staff(Role.WAREHOUSE)
    before = row_counts()
    assert press(agent, ticket, "ask", role="auditor", question="?").status_code == 422
    assert agent.send("support_departmenttask_command", task.pk, "answer", answer="I guess").status_code == 403
    assert finance.send("support_departmenttask_command", task.pk, "answer", answer="I guess").status_code == 422
    assert packer.send("support_departmenttask_command", task.pk, "answer", answer=" ").status_code == 422
    assert row_counts() == before
    packer.send("support_departmenttask_command", task.pk, "answer", answer="Yes")
    before = row_counts()
    assert packer.send("support_departmenttask_command", task.pk, "answer", answer="No").status_code == 422
    assert row_counts() == before


@pytest.mark.sop("S5")
def test_a_supervisor_assigns_and_an_agent_classifies(agent: Staff) -> None:
    ticket, lead = a_chat(), Staff(Role.OPERATIONS_SUPERVISOR)
    assert press(lead, ticket, "assign", assignee_id=agent.user.pk).status_code == 302
    assert (ticket.state, ticket.assignee_id) == ("assigned", agent.user.pk)
    assert WorkItem.objects.get(kind="support.ticket_to_take").outcome == "assign"
    sent = press(agent, ticket, "classify", stage="after_sale", type="quality", priority="urgent")
    assert (sent.status_code, ticket.stage, ticket.type, ticket.priority) == (302, "after_sale", "quality", "urgent")


@pytest.mark.sop("S5", refused=True)
def test_a_ticket_goes_to_nobody_who_cannot_have_it(agent: Staff) -> None:
    ticket, lead = a_chat(), Staff(Role.OPERATIONS_SUPERVISOR)
    packer = a_user(Role.WAREHOUSE)
    before = row_counts()
    assert press(lead, ticket, "assign").status_code == 422
    assert press(lead, ticket, "assign", assignee_id=packer.pk).status_code == 422
    assert press(agent, ticket, "assign", assignee_id=agent.user.pk).status_code == 403
    assert press(agent, ticket, "classify", stage="never", type="quality", priority="urgent").status_code == 422
    assert row_counts() == before


def test_waiting_for_the_customer_ends_when_they_write(agent: Staff, api: Any) -> None:
    ticket = a_chat()
    press(agent, ticket, "take")
    assert press(agent, ticket, "wait_customer").status_code == 302
    assert (ticket.state, TicketClock.objects.filter(paused_at__isnull=False).exists()) == ("waiting_customer", True)
    assert api.post(f"tickets/{ticket.public_id}/messages/", {"author_kind": "customer", "body": "Here"}).status_code == 201
    ticket.refresh_from_db()
    assert (ticket.state, TicketClock.objects.filter(paused_at__isnull=False).exists()) == ("in_progress", False)


def test_a_complaint_leaves_handling_with_a_promise_alone(agent: Staff) -> None:
    ticket = a_chat(type="complaint")
    press(agent, ticket, "take")
    before = row_counts()
    for name, fields in (
        ("wait_customer", {}),
        ("resolve", {"solution_type": "refund", "solution": "Paid back"}),
        ("ask", {"role": "finance", "question": "Paid?"}),
    ):
        refused = press(agent, ticket, name, **fields)
        assert (refused.status_code, "Promise the customer" in text_of(refused)) == (422, True)
    assert row_counts() == before


@pytest.mark.sop("S2")
def test_two_tickets_of_one_customer_become_one(agent: Staff, api: Any) -> None:
    one, two = a_chat(contact="wx-1"), a_chat(contact="wx-1", body="And my invoice?")
    press(agent, two, "reply", body="One moment")
    assert press(agent, one, "merge", number=two.number).status_code == 302
    assert (one.state, one.merged_into_id) == ("merged", two.pk)
    page = text_of(agent.open("support_ticket_change", two.pk))
    assert "Where is it?" in page
    assert "And my invoice?" in page
    assert api.post(f"tickets/{one.public_id}/messages/", {"author_kind": "customer", "body": "Anybody?"}).status_code == 201
    assert Message.objects.get(body="Anybody?").ticket_id == two.pk


@pytest.mark.sop("S2", refused=True)
def test_tickets_are_not_merged_with_themselves_strangers_or_closed_ones(agent: Staff) -> None:
    one, other_shop = a_chat(), a_chat()
    Ticket.objects.filter(pk=other_shop.pk).update(shop=a_shop("jd-01"))
    closed = a_chat()
    Ticket.objects.filter(pk=closed.pk).update(state="archived")
    before = row_counts()
    for number in (one.number, "T0", other_shop.number, closed.number):
        assert press(agent, one, "merge", number=number).status_code == 422
    assert (row_counts(), one.state) == (before, "new")
