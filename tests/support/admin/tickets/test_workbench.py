"""The workbench: conversation, steps, departments, collision, feed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from support.admin import panels
from support.models import DepartmentTask, Message, Ticket, TicketClock, TicketLink
from support.queries.tickets import finding
from tests.builders import NOW, a_shipped_order, an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


def command(staff: Staff, ticket: Ticket, name: str, **fields: Any) -> Any:
    return staff.send("support_ticket_command", ticket.pk, name, **fields)


def say(staff: Staff, ticket: Ticket, body: str, kind: str = "reply", **fields: Any) -> Any:
    return staff.send("support_ticket_say", ticket.pk, body=body, kind=kind, **fields)


def state(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.state


def work() -> list[str]:
    return sorted(WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True))


def enter(agent: Staff, **fields: Any) -> Any:
    given = {"shop": "tmall-01", "channel": "phone", "subject": "Parcel", "body": "Where is it?", "contact": "13800000000"}
    return agent.send("support_ticket_enter", **given | fields)


@pytest.mark.sop("S1")
@pytest.mark.sop("S2")
def test_a_call_is_filed_with_the_customer_found_by_number(sku: Any, agent: Staff) -> None:
    order = an_order()
    found = agent.client.get(reverse("admin:support_ticket_enter"), {"q": "13800000000"})
    assert order.number in text_of(found)
    assert "王*" in text_of(found)
    assert "王小明" not in text_of(found)
    assert enter(agent, order=order.number).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.state, ticket.assignee, ticket.customer) == (
        "phone",
        "in_progress",
        agent.user,
        order.customer,
    )
    assert work() == []
    page = text_of(agent.open("support_ticket_change", ticket.pk))
    assert "Where is it?" in page
    assert order.number in page
    assert "王小明" not in page


@pytest.mark.sop("S1", refused=True)
@pytest.mark.sop("S2", refused=True)
def test_a_call_without_its_matter_is_not_filed(agent: Staff) -> None:
    before = row_counts()
    answer = enter(agent, subject="", order="X9")
    assert answer.status_code == 422
    assert "This field is required." in text_of(answer)
    assert "There is no such order." in text_of(enter(agent, order="X9"))
    assert Staff(Role.WAREHOUSE).open("support_ticket_enter").status_code == 403
    after = row_counts()
    assert {name for name in after if after[name] != before[name]} <= {"accounts_user_groups", "audit_auditentry"}


def test_a_reply_takes_the_ticket_and_a_note_stays_inside(agent: Staff) -> None:
    ticket = a_ticket(channel="chat")
    assert say(agent, ticket, "Look into it", "note").status_code == 302
    assert state(ticket) == "new"
    assert say(agent, ticket, "It comes tomorrow").status_code == 302
    assert (state(ticket), ticket.assignee) == ("in_progress", agent.user)
    rows = Message.objects.order_by("pk").values_list("body", "public", "delivery")
    assert list(rows) == [("Look into it", False, "none"), ("It comes tomorrow", True, "queued")]


def test_a_stale_reply_is_refused_with_what_came_in_between(agent: Staff) -> None:
    ticket, other = a_ticket(channel="chat"), Staff(Role.CUSTOMER_SERVICE)
    say(other, ticket, "Already refunded")
    before = row_counts()
    answer = say(agent, ticket, "We do not refund", seen=0)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Not sent. This came in between:" in page
    assert "Already refunded" in page
    assert "We do not refund" in page
    assert row_counts() == before
    assert say(agent, ticket, "Done", seen=Message.objects.latest("pk").pk).status_code == 302


def test_who_else_looks_is_said(agent: Staff) -> None:
    ticket, other = a_ticket(), Staff(Role.CUSTOMER_SERVICE)
    url = reverse("admin:support_ticket_feed")
    asked = {"after": "0", "ticket": str(ticket.pk), "look": "1"}
    assert json.loads(agent.client.get(url, asked).content)["viewing"] == ""
    assert json.loads(other.client.get(url, asked).content)["viewing"] == f"{agent.user} is viewing this ticket too."
    assert agent.client.get(url, {"after": "x"}).status_code == 400
    assert Staff(Role.WAREHOUSE).client.get(url).status_code == 403


@pytest.mark.sop("S5")
def test_a_supervisor_assigns_and_an_agent_classifies(agent: Staff, supervisor: Staff) -> None:
    ticket = a_ticket()
    assert command(supervisor, ticket, "assign", agent_id=agent.user.pk).status_code == 302
    assert (state(ticket), ticket.assignee) == ("assigned", agent.user)
    assert command(agent, ticket, "take").status_code == 302
    assert state(ticket) == "in_progress"
    fields = {"stage": "after_sale", "type_": "logistics", "priority": "high"}
    assert command(agent, ticket, "classify", **fields).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.stage, ticket.type, ticket.priority) == ("after_sale", "logistics", "high")


@pytest.mark.sop("S5", refused=True)
def test_an_agent_does_not_assign_and_nothing_is_made_up(agent: Staff, supervisor: Staff) -> None:
    ticket = a_ticket()
    before = row_counts()
    assert command(agent, ticket, "assign", agent_id=agent.user.pk).status_code == 403
    assert command(supervisor, ticket, "assign", agent_id=0).status_code == 422
    assert command(agent, ticket, "classify", stage="x", type_="y", priority="z").status_code == 422
    assert row_counts() == before
    assert state(ticket) == "new"


@pytest.mark.sop("S6")
def test_a_departments_answer_brings_the_ticket_back(agent: Staff) -> None:
    ticket = a_ticket(channel="chat")
    command(agent, ticket, "take")
    command(agent, ticket, "wait_department", role="warehouse", question="Is it in the box?")
    assert state(ticket) == "waiting_department"
    [item] = WorkItem.objects.filter(closed_at=None)
    assert (item.kind, item.role, item.due_at) == ("support.answer_task", "warehouse", NOW + timedelta(hours=4))
    picker, task = Staff(Role.WAREHOUSE), DepartmentTask.objects.get()
    assert "Is it in the box?" in text_of(picker.client.get(REGISTER[item.kind].url(item.subject_id)))
    assert picker.send("support_departmenttask_command", task.pk, "answer", answer="It was left out").status_code == 302
    assert state(ticket) == "in_progress"
    assert work() == ["support.answer_back"]
    back = WorkItem.objects.get(closed_at=None)
    assert back.owner == agent.user
    assert "It was left out" in text_of(agent.client.get(REGISTER[back.kind].url(back.subject_id)))
    say(agent, ticket, "It follows today")
    assert work() == []


@pytest.mark.sop("S6", refused=True)
def test_another_department_does_not_answer(agent: Staff) -> None:
    ticket = a_ticket()
    command(agent, ticket, "take")
    before = row_counts()
    assert command(agent, ticket, "wait_department", role="designer", question="?").status_code == 422
    assert command(agent, ticket, "wait_department", role="finance", question="").status_code == 422
    assert row_counts() == before
    command(agent, ticket, "wait_department", role="finance", question="Paid?")
    task = DepartmentTask.objects.get()
    logistics = Staff(Role.LOGISTICS)
    before = row_counts()
    assert "permission" in text_of(logistics.send("support_departmenttask_command", task.pk, "answer", answer="Yes"))
    finance = Staff(Role.FINANCE)
    assert finance.send("support_departmenttask_command", task.pk, "answer", answer=" ").status_code == 422
    assert state(ticket) == "waiting_department"
    assert row_counts()["support_message"] == before["support_message"]


@pytest.mark.sop("S10")
def test_a_solution_is_confirmed_and_archived(agent: Staff, clock: Any) -> None:
    ticket = a_ticket()
    command(agent, ticket, "take")
    assert command(agent, ticket, "resolve", solution_type="answered", solution="Told them").status_code == 302
    assert (state(ticket), work()) == ("resolved", ["support.confirm_solution"])
    item = WorkItem.objects.get(closed_at=None)
    assert (item.owner, item.due_at) == (agent.user, NOW + timedelta(hours=24))
    assert agent.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200
    assert command(agent, ticket, "confirm", channel="phone", said="solved", words="All is well").status_code == 302
    assert (state(ticket), ticket.confirmed_at, work()) == ("confirmed", NOW, [])
    run("support.archive_tickets", NOW + timedelta(days=7))
    assert state(ticket) == "confirmed"
    run("support.archive_tickets", NOW + timedelta(days=7, seconds=1))
    assert state(ticket) == "archived"


@pytest.mark.sop("S10", refused=True)
def test_nothing_is_solved_or_confirmed_without_a_word(agent: Staff) -> None:
    ticket = a_ticket()
    command(agent, ticket, "take")
    before = row_counts()
    assert command(agent, ticket, "resolve", solution_type="answered", solution=" ").status_code == 422
    assert command(agent, ticket, "confirm", channel="phone", said="solved", words="ok").status_code == 422
    assert row_counts() == before
    assert state(ticket) == "in_progress"


def test_merged_tickets_go_on_as_one(agent: Staff, api: Any) -> None:
    first, second = a_ticket(channel="chat"), a_ticket(channel="chat")
    say(agent, first, "First answer")
    assert command(agent, second, "merge", into=second.number).status_code == 422
    assert command(agent, first, "merge", into=second.number).status_code == 302
    assert (state(first), first.merged_into) == ("merged", second)
    assert "First answer" in text_of(agent.open("support_ticket_change", second.pk))
    assert api.post(f"tickets/{first.public_id}/messages/", {"body": "And?"}).status_code == 201
    assert Message.objects.get(body="And?").ticket == second
    assert command(agent, second, "merge", into=first.number).status_code == 422


def test_orders_returns_and_goods_are_linked(sku: Any, agent: Staff) -> None:
    ticket, order = a_ticket(), a_shipped_order()
    for kind, number in (("order", order.number), ("product", sku.product.code)):
        assert agent.send("support_ticket_link", ticket.pk, kind=kind, number=number).status_code == 302
    before = row_counts()
    assert agent.send("support_ticket_link", ticket.pk, kind="return", number="ret_0").status_code == 422
    assert row_counts() == before
    ticket.refresh_from_db()
    assert (ticket.order, ticket.customer, ticket.product) == (order, order.customer, sku.product)
    assert set(TicketLink.objects.values_list("kind", flat=True)) == {"order", "product"}
    assert order.shipments.get().tracking_no in text_of(agent.open("support_ticket_change", ticket.pk))


def test_who_waits_longest_comes_first_unless_a_clock_says_otherwise(agent: Staff) -> None:
    late = a_ticket(assignee=agent.user, state="in_progress", last_incoming_at=NOW - timedelta(hours=3))
    answered = a_ticket(
        assignee=agent.user, state="in_progress", last_incoming_at=NOW - timedelta(hours=9), last_outgoing_at=NOW
    )
    new = a_ticket(assignee=agent.user, state="in_progress", last_incoming_at=NOW - timedelta(minutes=1))
    actor = staff_actor(agent.user)
    assert [(row.ticket, row.due) for row in finding.queues(actor).own] == [(late, None), (new, None), (answered, None)]
    TicketClock.objects.create(ticket=answered, kind="first_response", target_ms=1, started_at=NOW, due_at=NOW)
    assert [(row.ticket, row.due) for row in finding.queues(actor).own] == [(answered, NOW), (late, None), (new, None)]


def test_a_panel_shows_to_those_who_may_see_it(agent: Staff) -> None:
    ticket = a_ticket()
    panel = panels.Panel(
        "Files of the customer", "support/tickets/beside.html", "support.work_ticket", lambda *_: {"beside": {}}
    )
    panels.register(panel)
    try:
        assert "Files of the customer" in text_of(agent.open("support_ticket_change", ticket.pk))
        auditor = Staff(Role.AUDITOR)
        assert "Files of the customer" not in text_of(auditor.open("support_ticket_change", ticket.pk))
    finally:
        panels.REGISTER.remove(panel)


def test_the_workbench_costs_the_same_with_many_tickets(agent: Staff, django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        a_ticket(assignee=agent.user, state="in_progress")
    agent.open("support_ticket_workbench")
    with django_assert_max_num_queries(25):
        assert agent.open("support_ticket_workbench").status_code == 200
    assert agent.open("support_ticket_changelist").status_code == 200
    assert agent.open("support_ticket_change", "tic_0").status_code == 404
