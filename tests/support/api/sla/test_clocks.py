"""The clocks through the doors: a storefront opens tickets and passes messages on, agents answer at the workbench."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.models import Ticket, TicketClock
from tests.builders import NOW, a_client, a_shop
from tests.builders.times import at
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
MS, SECOND, MINUTE, HOUR = timedelta(milliseconds=1), timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def chat(db: None) -> Api:
    """The chat's program."""
    a_shop()
    return Api(a_client("tickets:read", "tickets:write"))


def opened(api: Api, **changes: Any) -> dict[str, Any]:
    body = {"shop": "tmall-01", "channel": "chat", "subject": "Where is my cup?", "stage": "pre_sale", "type": "logistics"}
    answer = api.post("tickets/", body | {"body": "Hello?"} | changes)
    assert answer.status_code == 201, answer.content
    return dict(json.loads(answer.content))


def states(api: Api, ticket: dict[str, Any]) -> dict[str, str]:
    found = json.loads(api.get(f"tickets/{ticket['id']}/").content)
    return {row["kind"]: row["state"] for row in found["clocks"]}


def said(api: Api, ticket: dict[str, Any], kind: str, **more: Any) -> int:
    return api.post(f"tickets/{ticket['id']}/messages/", {"body": "Hello", "author_kind": kind, **more}).status_code


def bench(staff: Staff, ticket: dict[str, Any], name: str, **fields: Any) -> Any:
    key = Ticket.objects.get(public_id=ticket["id"]).pk
    if name == "say":
        return staff.send("support_ticket_say", key, seen=10**9, **fields)
    return staff.send("support_ticket_command", key, name, **fields)


@pytest.mark.sop("S3")
def test_a_bot_greets_a_note_is_no_answer_and_a_persons_reply_stops_ten_seconds(chat: Api, clock: Any) -> None:
    ticket = opened(chat)
    live = next(row for row in ticket["clocks"] if row["kind"] == "first_response_live")
    assert (live["target_ms"], live["state"]) == (10_000, "running")
    clock.move_to(NOW + SECOND)
    assert said(chat, ticket, "bot") == 201
    staff = Staff(Role.CUSTOMER_SERVICE)
    clock.move_to(NOW + 5 * SECOND)
    assert bench(staff, ticket, "say", kind="note", body="He is angry").status_code == 302
    assert states(chat, ticket) == {"ack": "met", "first_response_live": "running", "first_response": "running"}
    clock.move_to(NOW + 10 * SECOND)
    assert bench(staff, ticket, "say", kind="reply", body="On its way").status_code == 302
    assert states(chat, ticket) == {"ack": "met", "first_response_live": "met", "first_response": "met"}
    assert TicketClock.objects.get(kind="first_response_live").spent_ms == 10_000


@pytest.mark.sop("S3", refused=True)
def test_an_empty_answer_stops_no_clock(chat: Api, clock: Any) -> None:
    ticket, staff = opened(chat), Staff(Role.CUSTOMER_SERVICE)
    before = row_counts()
    assert bench(staff, ticket, "say", kind="reply", body=" ").status_code == 422
    status, _, issues = problem(chat.post(f"tickets/{ticket['id']}/messages/", {"body": "", "author_kind": "bot"}))
    assert (status, row_counts()) == (422, before), issues
    clock.move_to(NOW + 10 * SECOND + MS)
    assert states(chat, ticket) == {"ack": "breached", "first_response_live": "breached", "first_response": "running"}


@pytest.mark.sop("S4a")
def test_half_an_hour_then_the_next_question_and_the_breach_goes_out_once(chat: Api, clock: Any) -> None:
    ticket = opened(chat, channel="web")
    clock.move_to(NOW + 30 * MINUTE + MS)
    run("support.sweep_clocks", NOW + 30 * MINUTE + MS)
    assert states(chat, ticket) == {"first_response": "breached"}
    staff = Staff(Role.CUSTOMER_SERVICE)
    item, home = WorkItem.objects.get(kind="support.answer"), text_of(staff.client.get("/admin/"))
    link = reverse("admin:support_ticket_change", args=[ticket["id"]])
    assert (link in home, staff.client.get(link).status_code) == (True, 200)
    bench(staff, ticket, "say", kind="reply", body="Sorry, it took long")
    item.refresh_from_db()
    assert item.outcome == "answered"
    assert said(chat, ticket, "customer") == 201
    assert states(chat, ticket) == {"first_response": "late", "next_response": "running"}
    assert [event.data["clock"] for event in Event.objects.filter(type="ticket.sla_breached")] == ["first_response"]
    page = text_of(staff.open("support_ticket_change", Ticket.objects.get().pk))
    assert ("Clocks and promises" in page, "Late</span>" in page, "Give a promise" in page) == (True, True, True)


@pytest.mark.sop("S4b")
def test_on_the_dragon_boat_festival_there_is_an_hour(chat: Api, clock: Any) -> None:
    clock.move_to(at(10, day=19))
    [row] = opened(chat, channel="web")["clocks"]
    assert (row["kind"], row["target_ms"], row["due_at"]) == ("first_response", 3_600_000, "2026-06-19T03:00:00Z")


@pytest.mark.sop("S8")
def test_the_solutions_clock_waits_with_us_for_the_customer(chat: Api, clock: Any) -> None:
    ticket, staff = opened(chat, channel="web", stage="after_sale", type="quality"), Staff(Role.CUSTOMER_SERVICE)
    bench(staff, ticket, "say", kind="reply", body="A photo, please")
    assert bench(staff, ticket, "wait_customer").status_code == 302
    assert states(chat, ticket) == {"first_response": "met", "solution_48h": "paused"}
    clock.move_to(NOW + 24 * HOUR)
    chat = Api(a_client("tickets:read", "tickets:write"))
    assert said(chat, ticket, "customer") == 201
    row = TicketClock.objects.get(kind="solution_48h")
    assert (row.due_at, row.paused_ms) == (NOW + 72 * HOUR, 24 * 3_600_000)
    staff = Staff(Role.CUSTOMER_SERVICE)
    solved = bench(staff, ticket, "resolve", solution_type="exchange", solution="A new one")
    assert solved.status_code == 302
    assert states(chat, ticket)["solution_48h"] == "met"


@pytest.mark.sop("S8", refused=True)
def test_without_a_solution_the_clock_runs_on(chat: Api) -> None:
    ticket, staff = opened(chat, channel="web", stage="after_sale", type="quality"), Staff(Role.CUSTOMER_SERVICE)
    bench(staff, ticket, "say", kind="reply", body="We look into it")
    before = row_counts()
    assert bench(staff, ticket, "resolve", solution_type="exchange", solution=" ").status_code == 422
    assert (row_counts(), states(chat, ticket)["solution_48h"]) == (before, "running")


@pytest.mark.sop("S9", refused=True)
def test_a_complaint_without_a_promise_does_not_leave_handling(chat: Api) -> None:
    ticket, staff = opened(chat, channel="web", type="complaint"), Staff(Role.CUSTOMER_SERVICE)
    bench(staff, ticket, "take")
    before = row_counts()
    for name, fields in (("wait_customer", {}), ("resolve", {"solution_type": "refund", "solution": "Money back"})):
        refused = bench(staff, ticket, name, **fields)
        assert (refused.status_code, row_counts()) == (422, before)
        assert "Promise the customer a time and a result first." in text_of(refused)
    give = f"/admin/support/promise/give/?ticket={ticket['id']}"
    assert staff.client.post(give, {"result": "Money back", "due_at": "2026-06-12 12:00"}).status_code == 302
    solved = bench(staff, ticket, "resolve", solution_type="refund", solution="Money back")
    assert solved.status_code == 302
    assert Ticket.objects.get().state == "resolved"


def test_a_list_of_tickets_reads_all_clocks_at_once(chat: Api, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        opened(chat)
    with django_assert_max_num_queries(12):
        found = json.loads(chat.get("tickets/").content)["results"]
    assert [len(row["clocks"]) for row in found] == [3] * 5
