"""Tickets and messages by REST."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.models import Message, Team, Ticket, TicketClock, TriageRule
from support.services.knowledge.presence import set_presence
from support.services.tickets import steps
from support.services.tickets.replying import reply
from tests.builders import NOW, a_client, a_user, an_actor, an_order
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def body(**changes: Any) -> dict[str, Any]:
    given = {"shop": "tmall-01", "channel": "chat", "subject": "Where is it?", "body": "I wait for days", "contact": "chat-1"}
    return given | changes


def opened(api: Api, **changes: Any) -> Ticket:
    answer = api.post("tickets/", body(**changes))
    assert answer.status_code == 201, answer.content
    return Ticket.objects.get(public_id=json.loads(answer.content)["id"])


def messages(api: Api, ticket: Ticket) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(api.get(f"tickets/{ticket.public_id}/messages/").content)["results"]
    return rows


@pytest.mark.sop("S1")
@pytest.mark.sop("S2")
@pytest.mark.parametrize("channel", ["chat", "phone", "wechat", "email", "web", "bot"])
def test_every_channel_opens_a_ticket(api: Api, channel: str) -> None:
    ticket = opened(api, channel=channel)
    assert (ticket.channel, ticket.state, ticket.stage, ticket.type) == (channel, "new", "pre_sale", "other")
    assert ticket.number.startswith("T20260611")
    said = Message.objects.get()
    assert (said.body, said.direction, said.author_kind, said.said_at) == ("I wait for days", "in", "customer", NOW)
    assert ticket.last_incoming_at == NOW
    assert Event.objects.get(type="ticket.created").data["number"] == ticket.number
    assert WorkItem.objects.get(closed_at=None).kind == "support.take_ticket"


@pytest.mark.sop("S1", refused=True)
@pytest.mark.sop("S2", refused=True)
def test_a_wrong_ticket_is_refused_whole(api: Api) -> None:
    before = row_counts()
    assert problem(api.post("tickets/", body(channel="fax", subject=" "))) == (
        400,
        "invalid_choice",
        [("/channel", "invalid_choice"), ("/subject", "blank")],
    )
    assert problem(api.post("tickets/", body(shop="nowhere")))[1] == "unknown_shop"
    wrong = problem(api.post("tickets/", body(order="X1", customer="nobody", product="P0")))
    assert wrong == (
        422,
        "unknown_order",
        [("/order", "unknown_order"), ("/customer", "unknown_customer"), ("/product", "unknown_product")],
    )
    assert problem(api.post("tickets/", body(), key=None))[:2] == (400, "idempotency_key_required")
    assert row_counts() == before


def test_without_the_scope_nothing_is_opened_or_seen(api: Api) -> None:
    ticket, before = opened(api), row_counts()
    reader, other = Api(a_client("tickets:read")), Api(a_client("orders:read"))
    assert reader.post("tickets/", body()).status_code == 403
    assert reader.post(f"tickets/{ticket.public_id}/messages/", {"body": "x"}).status_code == 403
    assert other.get("tickets/").status_code == 403
    assert Api(None).get("tickets/").status_code == 401
    counted = row_counts()
    assert {name: counted[name] - before[name] for name in counted if counted[name] != before[name]}.keys() <= {
        "audit_auditentry"
    }


def test_the_same_key_opens_one_ticket(api: Api) -> None:
    first, again = api.post("tickets/", body(), key="k1"), api.post("tickets/", body(), key="k1")
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    assert problem(api.post("tickets/", body(subject="Another"), key="k1"))[:2] == (422, "idempotency_key_reused")
    assert Ticket.objects.count() == 1


@pytest.mark.sop("S5")
def test_the_triage_rules_decide_and_the_least_busy_agent_gets_it(api: Api, sku: Any) -> None:
    order = an_order()
    team = Team.objects.create(name="After-sale")
    busy, idle = a_user(Role.CUSTOMER_SERVICE), a_user(Role.CUSTOMER_SERVICE)
    team.members.set([busy, idle])
    for user in (busy, idle):
        set_presence(state="online", actor=staff_actor(user), now=NOW)
    TriageRule.objects.create(position=1, name="n", words="发票", type="invoice")
    TriageRule.objects.create(
        position=2, name="l", words="days，快递", order_state="pending", type="logistics", priority="high", team=team
    )
    first = opened(api, order=order.number)
    assert (first.stage, first.type, first.priority, first.team, first.state) == (
        "in_sale",
        "logistics",
        "high",
        team,
        "assigned",
    )
    assert first.customer == order.customer
    second, third = opened(api, order=order.public_id), opened(api)
    assert {first.assignee, second.assignee} == {busy, idle}
    assert third.type == "other"
    assert not WorkItem.objects.filter(subject_id=first.public_id).exists()


@pytest.mark.sop("S5", refused=True)
def test_a_stage_that_does_not_exist_is_refused(api: Api) -> None:
    before = row_counts()
    assert problem(api.post("tickets/", body(stage="later", type="x")))[2] == [
        ("/stage", "invalid_choice"),
        ("/type", "invalid_choice"),
    ]
    assert row_counts() == before


def test_replies_are_read_and_then_sent(api: Api) -> None:
    ticket, agent = opened(api), an_actor(Role.CUSTOMER_SERVICE)
    reply(ticket.pk, "It is on its way", (), actor=agent, now=NOW)
    assert [row["delivery"] for row in messages(Api(a_client("tickets:read")), ticket)] == ["queued", "none"]
    assert [(row["body"], row["delivery"]) for row in messages(api, ticket)] == [
        ("It is on its way", "sent"),
        ("I wait for days", "none"),
    ]
    told = Event.objects.get(type="ticket.replied").data
    assert (told["state"], told["message"]["body"]) == ("in_progress", "It is on its way")
    ticket.refresh_from_db()
    assert (ticket.assignee_id, ticket.last_outgoing_at) == (agent.id, NOW)


def test_what_was_not_handed_out_is_not_sent(api: Api) -> None:
    ticket, agent = opened(api), an_actor(Role.CUSTOMER_SERVICE)
    path = f"tickets/{ticket.public_id}/messages/"
    reply(ticket.pk, "Hello", (), actor=agent, now=NOW)
    assert Message.objects.get(body="Hello").delivery == "queued"
    read = json.loads(api.get(path, updated_since="2020-01-01T00:00:00Z").content)["results"]
    assert read == []  # the transaction that wrote it is still open here, so the feed holds it back
    assert Message.objects.get(body="Hello").delivery == "queued"


def test_messages_are_taken_once_and_do_not_contradict_themselves(api: Api) -> None:
    ticket = opened(api)
    path = f"tickets/{ticket.public_id}/messages/"
    one = {"body": "Hello?", "external_id": "m-1"}
    first, again = api.post(path, one), api.post(path, one)
    assert json.loads(first.content)["id"] == json.loads(again.content)["id"]
    assert api.post(path, {"body": "I am a bot", "author_kind": "bot", "direction": "out"}).status_code == 201
    before = row_counts()
    assert problem(api.post(path, {"body": "x", "direction": "out"}))[2] == [("/direction", "wrong_direction")]
    assert problem(api.post(path, {"body": "  "}))[2] == [("/body", "required")]
    for time in ("2026-06-11T09:04:31+08:00", "2026-03-13T08:59:29+08:00"):
        assert problem(api.post(path, {"body": "x", "said_at": time}))[1] == "date_out_of_range"
    assert row_counts() == before
    assert [row["author_kind"] for row in messages(api, ticket)] == ["bot", "customer", "customer"]


def test_attachments_are_kept_by_what_they_are(api: Api, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    ticket = opened(api)
    url = f"/api/v1/tickets/{ticket.public_id}/messages/"

    def send(content: bytes, name: str = "a.png", key: str = "f") -> Any:
        form = {"body": "look", "files": SimpleUploadedFile(name, content)}
        return api.client.post(url, form, headers={"Idempotency-Key": key})

    answer = send(PNG)
    assert answer.status_code == 201, answer.content
    assert json.loads(answer.content)["files"][0]["media_type"] == "image/png"
    assert send(PNG)["Idempotent-Replayed"] == "true"
    assert send(PNG + b"1").status_code == 422
    before = row_counts()
    assert send(b"MZ not a picture", key="g").status_code == 415
    assert row_counts() == before


@pytest.mark.sop("S10")
def test_a_customer_who_writes_reopens_what_was_solved(api: Api, clock: Any) -> None:
    agent, ticket = an_actor(Role.CUSTOMER_SERVICE), opened(api)
    reply(ticket.pk, "Here", (), actor=agent, now=NOW)
    steps.resolve(ticket_id=ticket.pk, solution_type="answered", solution="told", actor=agent, now=NOW)
    assert WorkItem.objects.get(closed_at=None).kind == "support.confirm_solution"
    path = f"tickets/{ticket.public_id}/messages/"
    clock.move_to(NOW + timedelta(days=7))
    assert api.post(path, {"body": "Still not there"}).status_code == 201
    ticket.refresh_from_db()
    assert (ticket.state, ticket.resolutions) == ("in_progress", 1)
    assert list(Event.objects.order_by("id").values_list("type", flat=True)) == [
        "ticket.created",
        "ticket.replied",
        "ticket.resolved",
        "ticket.replied",  # the question how content the customer is
        "ticket.reopened",
    ]
    assert not WorkItem.objects.filter(closed_at=None).exists()


@pytest.mark.sop("S10", refused=True)
def test_after_that_it_is_a_new_ticket(api: Api, clock: Any) -> None:
    agent, ticket = an_actor(Role.CUSTOMER_SERVICE), opened(api)
    reply(ticket.pk, "Here", (), actor=agent, now=NOW)
    steps.resolve(ticket_id=ticket.pk, solution_type="answered", solution="told", actor=agent, now=NOW)
    clock.move_to(NOW + timedelta(days=7, seconds=1))
    before = row_counts()
    assert problem(api.post(f"tickets/{ticket.public_id}/messages/", {"body": "Hm"}))[:2] == (409, "ticket_closed")
    assert row_counts() == before


def test_lists_filter_and_show_only_ones_own_shops(api: Api) -> None:
    first, second = opened(api), opened(api, channel="email")
    assert [row["id"] for row in json.loads(api.get("tickets/").content)["results"]] == [second.public_id, first.public_id]
    assert [row["id"] for row in json.loads(api.get("tickets/", channel="chat").content)["results"]] == [first.public_id]
    assert problem(api.get("tickets/", colour="red"))[:2] == (400, "invalid_parameter")
    assert api.get(f"tickets/{first.public_id}/")["ETag"] == f'"{first.version}"'


def test_an_answer_that_was_given_in_the_channel_counts_as_a_persons(api: Api) -> None:
    ticket = opened(api)
    running = TicketClock.objects.filter(kind="first_response", met_at=None)
    path = f"tickets/{ticket.public_id}/messages/"
    assert api.post(path, {"body": "I am a bot", "author_kind": "bot"}).status_code == 201
    assert running.exists()
    said = {"body": "It comes today", "author_kind": "agent", "direction": "out", "said_at": "2026-06-11T09:04:30+08:00"}
    assert api.post(path, said).status_code == 201
    ticket.refresh_from_db()
    assert (running.exists(), ticket.state, ticket.last_outgoing_at) == (False, "in_progress", NOW + timedelta(minutes=5))
    assert (messages(api, ticket)[0]["delivery"], Event.objects.filter(type="ticket.replied").count()) == ("delivered", 1)
    assert not WorkItem.objects.filter(kind="support.take_ticket", closed_at=None).exists()


@pytest.mark.sop("S1")
def test_the_channel_says_whether_a_reply_arrived(api: Api) -> None:
    ticket = opened(api)
    answer = reply(ticket.pk, "It comes today", (), actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    path = f"tickets/{ticket.public_id}/messages/{answer.public_id}/delivery/"
    assert json.loads(api.post(path, {"delivered": False, "reason": "The customer left"}).content)["delivery"] == "failed"
    item = WorkItem.objects.get(kind="support.reply_failed")
    ticket.refresh_from_db()
    assert (item.closed_at, item.owner_id) == (None, ticket.assignee_id)
    assert api.post(path, {"delivered": True}).status_code == 200
    item.refresh_from_db()
    answer.refresh_from_db()
    assert (item.outcome, answer.delivery, answer.failure) == ("delivered", "delivered", "")


@pytest.mark.sop("S1", refused=True)
def test_a_failure_has_a_reason_and_is_of_a_reply(api: Api) -> None:
    ticket = opened(api)
    incoming = Message.objects.get()
    answer = reply(ticket.pk, "It comes today", (), actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    base = f"tickets/{ticket.public_id}/messages/"
    reader = Api(a_client("tickets:read"))
    before = row_counts()
    assert problem(api.post(f"{base}{answer.public_id}/delivery/", {"delivered": False}))[2] == [("/reason", "required")]
    assert api.post(f"{base}{incoming.public_id}/delivery/", {"delivered": True}).status_code == 404
    assert reader.post(f"{base}{answer.public_id}/delivery/", {"delivered": True}).status_code == 403
    assert row_counts() == before


def test_an_order_is_named_by_the_shops_id_too(api: Api, sku: Any) -> None:
    order = an_order()
    assert opened(api, order=f"external:tmall-01:{order.external_id}").order == order
    assert problem(api.post("tickets/", body(order=f"external:jd-01:{order.external_id}")))[1] == "unknown_order"


@pytest.mark.sop("S2")
def test_a_ticket_is_answered_with_its_clocks_and_lists_cost_the_same(api: Api, django_assert_num_queries: Any) -> None:
    ticket = opened(api)
    answer = json.loads(api.get(f"tickets/{ticket.public_id}/").content)
    found = {row["kind"]: row["state"] for row in answer["clocks"]}
    assert found["first_response"] == "running"
    assert set(found) == set(TicketClock.objects.values_list("kind", flat=True))
    api.get("tickets/")
    with CaptureQueriesContext(connection) as one:
        api.get("tickets/")
    statements = len(one)
    for _ in range(3):
        opened(api)
    with django_assert_num_queries(statements):
        assert len(json.loads(api.get("tickets/").content)["results"]) == 4
