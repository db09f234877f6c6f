"""What must not get lost when tickets are merged, assigned or go on: questions, clocks, customers' waiting; and the feed."""

import json
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from support.models import DepartmentTask, Message, Ticket, TicketClock
from support.queries.tickets import finding
from support.rules.tickets.draft import TicketDraft
from support.services.tickets.intake import open_ticket
from tests.builders import NOW, a_shop, a_user, an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


def command(staff: Staff, ticket: Ticket, name: str, **fields: Any) -> Any:
    answer = staff.send("support_ticket_command", ticket.pk, name, **fields)
    ticket.refresh_from_db()
    return answer


def a_chat(subject: str = "Parcel") -> Ticket:
    draft = TicketDraft(shop="tmall-01", channel="chat", subject=subject, body="Where is it?")
    return open_ticket(draft, actor=SYSTEM, now=NOW)


def ask(agent: Staff, ticket: Ticket) -> DepartmentTask:
    command(agent, ticket, "take")
    assert command(agent, ticket, "wait_department", role="warehouse", question="In the box?").status_code == 302
    return DepartmentTask.objects.get()


def answer(task: DepartmentTask) -> None:
    picker = Staff(Role.WAREHOUSE)
    assert picker.send("support_departmenttask_command", task.pk, "answer", answer="Left out").status_code == 302


def test_a_question_goes_on_in_the_ticket_that_takes_the_other_in(agent: Staff) -> None:
    ticket, into = a_chat(), a_chat()
    task = ask(agent, ticket)
    command(agent, into, "take")
    assert command(agent, ticket, "merge", into=into.number).status_code == 302
    answer(task)
    item = WorkItem.objects.get(kind="support.answer_back", closed_at=None)
    assert (item.subject_id, item.owner) == (into.public_id, agent.user)
    assert "Left out" in text_of(agent.open("support_ticket_change", into.pk))


def test_an_answer_is_told_also_when_the_ticket_went_on_meanwhile(agent: Staff) -> None:
    ticket = a_chat()
    task = ask(agent, ticket)
    command(agent, ticket, "go_on")
    answer(task)
    item = WorkItem.objects.get(kind="support.answer_back", closed_at=None)
    assert (item.subject_id, ticket.state) == (ticket.public_id, "in_progress")


@pytest.mark.sop("S2", refused=True)
def test_tickets_are_not_merged_across_customers_or_into_what_is_done(agent: Staff, sku: Any) -> None:
    one, two = an_order(), an_order()
    ticket = a_ticket(customer=one.customer)
    others, done, unknown = a_ticket(customer=two.customer), a_ticket(), a_ticket()
    Ticket.objects.filter(pk=done.pk).update(state="confirmed", resolved_at=NOW, solution_type="answered")
    before = row_counts()
    refused = command(agent, ticket, "merge", into=others.number)
    assert (refused.status_code, "another customer" in text_of(refused)) == (422, True)
    assert command(agent, ticket, "merge", into=done.number).status_code == 422
    assert (row_counts(), ticket.state) == (before, "new")
    assert command(agent, ticket, "merge", into=unknown.number).status_code == 302


def test_the_clocks_of_a_ticket_run_on_when_it_is_given_to_somebody_else(agent: Staff, supervisor: Staff) -> None:
    ticket = a_chat()
    command(agent, ticket, "take")
    command(agent, ticket, "wait_customer")
    paused = TicketClock.objects.filter(ticket=ticket, paused_at__isnull=False)
    assert paused.exists()
    colleague = a_user(Role.CUSTOMER_SERVICE)
    assert command(supervisor, ticket, "assign", agent_id=colleague.pk).status_code == 302
    assert (ticket.state, ticket.assignee, paused.exists()) == ("assigned", colleague, False)


@pytest.mark.sop("S5", refused=True)
def test_a_ticket_goes_only_to_an_agent_who_sees_its_shop(supervisor: Staff) -> None:
    ticket, other = a_chat(), a_shop("jd-01")
    elsewhere, picker = a_user(Role.CUSTOMER_SERVICE, shops=[other]), a_user(Role.WAREHOUSE)
    before = row_counts()
    for user in (elsewhere, picker):
        assert command(supervisor, ticket, "assign", agent_id=user.pk).status_code == 422
    assert (row_counts(), ticket.state) == (before, "new")


def feed(agent: Staff, after: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(agent.client.get(reverse("admin:support_ticket_feed"), {"after": after}).content)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_chat_that_commits_late_is_announced_all_the_same(agent: Staff) -> None:
    """The slower transaction has the lower number."""
    ticket, wrote, may_end = a_ticket(), threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                Message.objects.create(ticket=ticket, direction="in", author_kind="customer", body="slow", said_at=NOW)
                wrote.set()
                may_end.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert wrote.wait(10)
    Message.objects.create(ticket=ticket, direction="in", author_kind="customer", body="fast", said_at=NOW)
    first = feed(agent, 0)
    may_end.set()
    thread.join(10)
    second = feed(agent, first["last"])
    slow_one = Message.objects.get(body="slow")
    assert slow_one.pk < first["last"] == second["last"]
    assert [row["message"] for row in first["news"]] == [first["last"]]
    assert slow_one.pk in [row["message"] for row in second["news"]]


def test_what_is_old_is_not_announced_again(agent: Staff) -> None:
    message = Message.objects.create(ticket=a_ticket(), direction="in", author_kind="customer", body="x", said_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE support_message SET created_at = now() - interval '31 seconds'")
    assert feed(agent, message.pk)["news"] == []
    assert [row["message"] for row in feed(agent, message.pk - 1)["news"]] == [message.pk]
    assert finding.newest_messages()[0] == message.pk


def test_the_clocks_stand_beside_the_conversation_and_order_the_queue(agent: Staff) -> None:
    first, urgent = a_chat("Later"), a_chat("Sooner")
    clocks = TicketClock.objects.filter(ticket=urgent)
    clocks.update(due_at=NOW)
    page = text_of(agent.open("support_ticket_change", first.pk))
    assert "Clocks and promises" in page
    assert page.index("Sooner") < page.index("Later")
    clocks.delete()
    page = text_of(agent.open("support_ticket_change", first.pk))
    assert page.index("Later") < page.index("Sooner")
