"""A refund, an exchange or a compensation is given from the ticket, with its evidence, and followed to its end."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.models import Order, ReturnRequest
from orders.services.returns.deciding import approve_return, reject_return
from support.models import Ticket, TicketClock, TicketLink
from support.services.tickets.messages import receive
from support.services.tickets.replying import reply
from tests.builders import NOW, a_shipped_order, an_actor, an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop", "sku")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(sku: Any) -> Ticket:
    found: Any = a_shipped_order("TS-RED-M", 2)
    order = Order.objects.get(pk=found.pk)
    return a_ticket(order=order, customer=order.customer, channel="wechat", state="in_progress")


def solve(staff: Staff, ticket: Ticket, **fields: Any) -> Any:
    given = {"type_": "refund_only", "quantity_0": 1, "reason_0": "damaged"} | fields
    return staff.send("support_ticket_solve", ticket.public_id, **given)


def resolve(staff: Staff, ticket: Ticket, kind: str) -> int:
    return staff.send("support_ticket_command", ticket.pk, "resolve", solution_type=kind, solution="x").status_code


@pytest.mark.sop("S8")
@pytest.mark.parametrize(
    ("type_", "kind"),
    [("refund_only", "refund"), ("return_refund", "refund"), ("exchange", "exchange"), ("compensation", "compensation")],
)
def test_every_solution_is_started_from_the_ticket_and_stands_behind_its_resolution(
    agent: Staff, ticket: Ticket, type_: str, kind: str
) -> None:
    assert "Give a solution" in text_of(agent.open("support_ticket_change", ticket.public_id))
    assert agent.open("support_ticket_solve", ticket.public_id).status_code == 200
    assert resolve(agent, ticket, kind) == 422
    assert solve(agent, ticket, type_=type_).status_code == 302
    row = ReturnRequest.objects.get()
    assert (row.type, row.order, row.lines.get().quantity, row.asked_by) == (type_, ticket.order, 1, agent.user.username)
    assert TicketLink.objects.get(ticket=ticket).target == row.public_id
    ticket.refresh_from_db()
    assert (ticket.stage, TicketClock.objects.filter(ticket=ticket, kind="solution_48h").count()) == ("after_sale", 1)
    page = text_of(agent.open("support_ticket_change", ticket.public_id))
    assert (row.get_type_display() in page, "Requested" in page, "99.00" in page) == (True, True, True)
    assert AuditEntry.objects.get(action="support.ticket_start_solution").after["return"] == row.public_id
    assert resolve(agent, ticket, kind) == 302


@pytest.mark.sop("S8")
def test_what_the_customer_has_shown_goes_with_it(agent: Staff, ticket: Ticket) -> None:
    photo = SimpleUploadedFile("crack.png", PNG, "image/png")
    receive(ticket.pk, "Look", "customer", "", NOW, [photo], actor=SYSTEM, now=NOW)
    file = ticket.messages.get().files.get()
    assert "crack.png" in text_of(agent.open("support_ticket_solve", ticket.public_id))
    assert solve(agent, ticket, files=[file.public_id], shows="damage").status_code == 302
    kept = ReturnRequest.objects.get().evidence.get()
    assert (kept.shows, kept.file.original_name, kept.file.sha256) == ("damage", "crack.png", file.sha256)
    assert "1 piece of evidence" in text_of(agent.open("support_ticket_change", ticket.public_id))


@pytest.mark.sop("S8", refused=True)
def test_what_cannot_be_given_is_refused_whole(agent: Staff, ticket: Ticket) -> None:
    photo = SimpleUploadedFile("other.png", PNG, "image/png")
    other = a_ticket(state="in_progress")
    receive(other.pk, "Look", "customer", "", NOW, [photo], actor=SYSTEM, now=NOW)
    own = SimpleUploadedFile("own.png", PNG, "image/png")
    receive(ticket.pk, "Look", "customer", "", NOW, [own], actor=SYSTEM, now=NOW)
    foreign = other.messages.get().files.get().public_id
    waiting = a_ticket(order=an_order(), state="in_progress")
    closed = a_ticket(order=ticket.order, state="archived", resolved_at=NOW)
    logistics = Staff(Role.LOGISTICS)
    before = row_counts()
    assert solve(agent, ticket, quantity_0=3).status_code == 422
    assert solve(agent, ticket, quantity_0=0).status_code == 422
    assert solve(agent, ticket, type_="gift").status_code == 422
    assert solve(agent, ticket, files=[foreign], shows="damage").status_code == 422
    assert solve(agent, waiting).status_code == 422
    assert solve(agent, closed).status_code == 422
    assert solve(agent, other).status_code == 302  # back to the ticket: no order is linked
    assert solve(logistics, ticket).status_code == 403
    assert agent.open("support_ticket_solve", "tic_0").status_code == 404
    assert row_counts() == before


@pytest.mark.sop("S8")
def test_when_the_return_has_ended_the_agent_tells_the_customer_once(agent: Staff, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(assignee=agent.user)
    solve(agent, ticket)
    run("support.follow_solutions", NOW + MINUTE)
    news = WorkItem.objects.filter(kind="support.solution_news")
    assert not news.exists()
    lead, row = an_actor(Role.OPERATIONS_SUPERVISOR), ReturnRequest.objects.get()
    reject_return(return_id=row.pk, reason="Used", clause="1", actor=lead, now=NOW + MINUTE)
    run("support.follow_solutions", NOW + 2 * MINUTE)
    run("support.follow_solutions", NOW + 3 * MINUTE)
    item = news.get()
    assert (item.owner, item.due_at) == (agent.user, NOW + timedelta(hours=4) + 2 * MINUTE)
    page = text_of(agent.open("support_ticket_change", ticket.public_id))
    assert ("Rejected" in page, "Used" in page) == (True, True)
    assert resolve(agent, ticket, "refund") == 422  # nothing stands behind it any more
    reply(ticket.pk, "Sorry, no", (), actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW + 4 * MINUTE)
    item.refresh_from_db()
    assert item.outcome == "answered"


@pytest.mark.sop("S8")
def test_the_refund_is_seen_in_the_ticket(agent: Staff, ticket: Ticket) -> None:
    solve(agent, ticket)
    approve_return(return_id=ReturnRequest.objects.get().pk, actor=an_actor(Role.OPERATIONS_SUPERVISOR), now=NOW)
    page = text_of(agent.open("support_ticket_change", ticket.public_id))
    assert "Being settled" in page
