"""Tickets and their messages through REST."""

import json
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.models import Message, Team, Ticket, TicketClock, TriageRule
from support.services.tickets.replying import add_note, reply
from support.services.tickets.steps import resolve_ticket
from tests.builders import NOW, a_client, a_shop, a_sku, a_user, an_actor, an_order
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def shop(db: None) -> Any:
    shop = a_shop()
    a_sku(shop, on_hand=50)
    return shop


def body(**changes: Any) -> dict[str, Any]:
    asked = {"shop": "tmall-01", "channel": "chat", "subject": "Where is it?", "body": "Where is my parcel?"}
    return asked | changes


def opened(api: Api, **changes: Any) -> dict[str, Any]:
    answer = api.post("tickets/", body(**changes))
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def said(api: Api, ticket: dict[str, Any], **changes: Any) -> Any:
    return api.post(f"tickets/{ticket['id']}/messages/", {"author_kind": "customer", "body": "Hello?"} | changes)


def read(api: Api, path: str, **params: Any) -> Any:
    answer = api.get(path, **params)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.mark.sop("S1", "S2")
def test_a_chat_becomes_a_ticket_with_its_first_message_clocks_event_and_work(api: Api) -> None:
    order = an_order()
    ticket = opened(api, order=order.public_id, type="logistics", stage="in_sale")
    row = Ticket.objects.get(public_id=ticket["id"])
    assert (row.state, row.order_id, row.customer_id, row.opened_at) == ("new", order.pk, order.customer_id, NOW)
    assert (ticket["status"], ticket["order"], ticket["stage"]) == ("new", order.public_id, "in_sale")
    assert {clock["kind"] for clock in ticket["clocks"]} >= {"first_response"}
    message = Message.objects.get()
    assert (message.direction, message.author_kind, message.body) == ("in", "customer", "Where is my parcel?")
    event = Event.objects.get(type="ticket.created")
    assert (event.subject_id, event.data["number"], "body" in event.data) == (row.public_id, row.number, False)
    item = WorkItem.objects.get(kind="support.ticket_to_take")
    assert (item.subject_id, item.due_at) == (row.public_id, NOW + timedelta(minutes=15))
    assert read(api, "tickets/")["results"][0]["id"] == ticket["id"]
    assert read(api, f"tickets/{ticket['id']}/")["number"] == row.number


@pytest.mark.sop("S1", "S2", refused=True)
def test_a_ticket_of_nobody_nothing_and_nowhere_is_refused(api: Api) -> None:
    other = Api(a_client("orders:write"))
    before = row_counts()
    assert problem(api.post("tickets/", body(channel="fax")))[2] == [("/channel", "invalid_choice")]
    assert problem(api.post("tickets/", body(shop="nowhere"))) == (422, "unknown_shop", [("/shop", "unknown_shop")])
    wrong = problem(api.post("tickets/", body(order="ord_x", customer="cus_x")))
    assert wrong == (422, "unknown_order", [("/order", "unknown_order"), ("/customer", "unknown_customer")])
    assert problem(api.post("tickets/", body(body=" "))) == (422, "required", [("/body", "required")])
    assert problem(api.post("tickets/", body(said_at="2026-06-11T09:05:01+08:00")))[2] == [("/said_at", "date_out_of_range")]
    assert problem(api.post("tickets/", body(), key=None))[1] == "idempotency_key_required"
    assert problem(other.post("tickets/", body()))[:2] == (403, "permission_denied")
    assert Api(None).post("tickets/", body()).status_code == 401
    assert row_counts() == before


def test_the_same_key_is_the_same_ticket_and_another_body_is_refused(api: Api) -> None:
    first, again = (api.post("tickets/", body(), key="k-1") for _ in range(2))
    assert (first.content, again["Idempotent-Replayed"], Ticket.objects.count()) == (again.content, "true", 1)
    assert problem(api.post("tickets/", body(subject="Other"), key="k-1"))[:2] == (422, "idempotency_key_reused")


def test_a_buyer_is_known_by_the_shops_id_by_the_order_or_by_the_phone(api: Api) -> None:
    order = an_order()
    assert order.customer
    by_id = opened(api, customer=order.customer.external_id)
    by_phone = opened(api, contact="13800000000")
    new = opened(api, customer={"external_id": "new-1", "name": "李雷", "phone": "13900000000"})
    assert by_id["customer"] == by_phone["customer"] == order.customer.public_id
    row = Ticket.objects.get(public_id=new["id"])
    assert (row.customer, row.contact, row.contact_name) == (None, "+8613900000000", "李雷")


@pytest.mark.sop("S5")
def test_the_first_rule_that_fits_decides_and_the_least_busy_agent_gets_it(api: Api) -> None:
    one, two = a_user(Role.CUSTOMER_SERVICE), a_user(Role.CUSTOMER_SERVICE)
    other = a_user(Role.WAREHOUSE)
    team = Team.objects.create(name="Parcels")
    team.members.add(one, two, other)
    TriageRule.objects.create(name="late", words="parcel, 快递", type="logistics", priority="high", team=team, position=1)
    TriageRule.objects.create(name="all", type="complaint", position=2)
    first, second, third = (opened(api) for _ in range(3))
    assert (first["type"], first["priority"], first["status"], first["team"]) == ("logistics", "high", "assigned", "Parcels")
    assert [first["assignee"], second["assignee"], third["assignee"]] == [one.username, two.username, one.username]
    assert opened(api, body="Hi", subject="Hi")["type"] == "complaint"
    assert opened(api, type="product")["type"] == "product"
    assert not WorkItem.objects.filter(kind="support.ticket_to_take", subject_id=first["id"]).exists()


def test_messages_come_in_once_and_show_their_delivery(api: Api) -> None:
    ticket = opened(api)
    first = said(api, ticket, external_id="m-1", direction="in", said_at="2026-06-11T09:00:00+08:00")
    again = said(api, ticket, external_id="m-1", direction="in")
    assert (first.status_code, again.status_code, Message.objects.count()) == (201, 200, 2)
    assert json.loads(first.content)["id"] == json.loads(again.content)["id"]
    assert problem(said(api, ticket, external_id="m-1", body="Other"))[:2] == (409, "message_conflict")
    row = Ticket.objects.get()
    agent = an_actor(Role.CUSTOMER_SERVICE)
    add_note(ticket_id=row.pk, body="Only for us", actor=agent, now=NOW)
    answer = reply(ticket_id=row.pk, body="It comes today", actor=agent, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.assignee_id, row.last_outgoing_at) == ("in_progress", agent.id, NOW)
    found = read(api, f"tickets/{ticket['id']}/messages/")["results"]
    assert [(one["body"], one["delivery"]) for one in found][:1] == [("It comes today", "sent")]
    assert "Only for us" not in json.dumps(found)
    event = Event.objects.get(type="ticket.replied")
    assert event.data["message"] == answer.public_id


@pytest.mark.sop("S1")
def test_the_channel_reports_a_failure_that_is_seen_and_sent_again(api: Api) -> None:
    ticket = opened(api)
    row = Ticket.objects.get()
    answer = reply(ticket_id=row.pk, body="It comes today", actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    path = f"tickets/{ticket['id']}/messages/{answer.public_id}/delivery/"
    assert problem(api.post(path, {"delivered": False}))[2] == [("/reason", "required")]
    failed = api.post(path, {"delivered": False, "reason": "The customer left"})
    assert (failed.status_code, json.loads(failed.content)["delivery"]) == (200, "failed")
    item = WorkItem.objects.get(kind="support.reply_failed")
    assert (item.closed_at, item.owner_id) == (None, row.assignee_id or Ticket.objects.get().assignee_id)
    assert api.post(path, {"delivered": True}).status_code == 200
    item.refresh_from_db()
    answer.refresh_from_db()
    assert (item.outcome, answer.delivery, answer.failure) == ("delivered", "delivered", "")


@pytest.mark.sop("S1", refused=True)
def test_messages_that_contradict_themselves_are_refused(api: Api) -> None:
    ticket = opened(api)
    a_shop("jd-01")
    reader, stranger = Api(a_client("tickets:read")), Api(a_client("tickets:write", shops=("jd-01",)))
    before = row_counts()
    assert problem(said(api, ticket, direction="out"))[2] == [("/direction", "direction_mismatch")]
    assert problem(said(api, ticket, body=""))[2] == [("/body", "required")]
    assert problem(said(api, ticket, author_kind="ghost"))[2] == [("/author_kind", "invalid_choice")]
    assert said(reader, ticket).status_code == 403
    assert (said(stranger, ticket).status_code, row_counts()) == (404, before)


def test_only_a_person_stops_the_first_answer(api: Api) -> None:
    ticket = opened(api)
    running = TicketClock.objects.filter(kind="first_response", met_at=None)
    assert said(api, ticket, author_kind="bot", body="I am a bot").status_code == 201
    assert running.exists()
    assert said(api, ticket, author_kind="agent", body="I am not").status_code == 201
    assert not running.exists()
    assert Message.objects.order_by("-pk")[0].delivery == "delivered"


@pytest.mark.sop("S10")
def test_a_customers_word_reopens_within_the_time_and_no_more(api: Api, clock: Any) -> None:
    ticket = opened(api)
    agent = an_actor(Role.CUSTOMER_SERVICE)
    row = Ticket.objects.get()
    reply(ticket_id=row.pk, body="Tomorrow", actor=agent, now=NOW)
    resolve_ticket(ticket_id=row.pk, solution_type="answered", solution="Told", actor=agent, now=NOW)
    clock.move_to(NOW + 7 * DAY)
    assert said(api, ticket, body="Not there").status_code == 201
    row.refresh_from_db()
    assert (row.state, row.resolutions) == ("in_progress", 1)
    assert Event.objects.filter(type="ticket.reopened").count() == 1
    resolve_ticket(ticket_id=row.pk, solution_type="answered", solution="Told", actor=agent, now=NOW + 7 * DAY)
    clock.move_to(NOW + 14 * DAY + SECOND)
    before = row_counts()
    assert problem(said(api, ticket, body="Still not"))[:2] == (409, "ticket_closed")
    assert row_counts() == before
