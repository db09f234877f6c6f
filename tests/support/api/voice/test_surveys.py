"""Customers rate: by REST, and on the public page."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from support.models import Message, Survey, Ticket, TicketClock
from tests.builders import NOW, an_order
from tests.builders.surveys import a_survey, token
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)
LINK = re.compile(r"/survey/([^/]+)/")


def solve(agent: Staff, ticket: Ticket) -> None:
    command = "support_ticket_command"
    assert agent.send(command, ticket.pk, "take").status_code == 302
    answer = agent.send(command, ticket.pk, "resolve", solution_type="answered", solution="Told them")
    assert answer.status_code == 302, text_of(answer)


def rate(survey: Survey, **body: Any) -> Any:
    return Api(None).post(f"surveys/{token(survey)}/", {"stars": 5} | body, key=None)


@pytest.mark.sop("S11")
def test_a_solved_ticket_asks_for_stars_and_the_customer_gives_them(api: Api) -> None:
    agent, ticket = Staff(Role.CUSTOMER_SERVICE), a_ticket(channel="chat", contact="chat-1")
    solve(agent, ticket)
    survey = Survey.objects.get()
    assert (survey.ticket, survey.agent, survey.state) == (ticket, agent.user, "sent")
    assert (survey.sent_at, survey.expires_at) == (NOW, NOW + 14 * DAY)
    asked = Message.objects.get()
    assert (asked.author_kind, asked.direction, asked.delivery, asked.public) == ("bot", "out", "queued", True)
    found = LINK.search(asked.body)
    assert found
    assert found[1] == token(survey)
    rows = json.loads(api.get(f"tickets/{ticket.public_id}/messages/").content)["results"]
    assert [row["body"] for row in rows] == [asked.body]
    ticket.refresh_from_db()
    assert ticket.last_outgoing_at is None
    assert not TicketClock.objects.exclude(met_by="").filter(met_by="system").exists()

    answer = rate(survey, stars=4, comment="Quick")
    assert answer.status_code == 201, answer.content
    body = json.loads(answer.content)
    assert (body["stars"], body["comment"]) == (4, "Quick")
    survey.refresh_from_db()
    assert (survey.state, survey.stars, survey.comment, survey.answered_at) == ("answered", 4, "Quick", NOW)
    event = Event.objects.get(type="survey.answered")
    assert (event.data["stars"], event.data["ticket"], event.shop) == (4, ticket.public_id, ticket.shop)
    assert "Quick" not in json.dumps(event.data)
    entry = AuditEntry.objects.get(action="support.survey_answered")
    assert (entry.actor_label, entry.after["stars"]) == ("customer", 4)
    assert not WorkItem.objects.filter(kind="support.ask_why").exists()


@pytest.mark.sop("S11", refused=True)
def test_stars_are_taken_once_in_time_and_between_one_and_five(clock: Any) -> None:
    survey = a_survey()
    before = row_counts()
    for stars in (0, 6, True, "5", None, 4.5):
        answer = rate(survey, stars=stars)
        assert problem(answer)[0] == 400, stars
        assert [pointer for pointer, _ in problem(answer)[2]] == ["/stars"]
    assert problem(rate(survey, comment="x" * 2001))[2] == [("/comment", "text_too_long")]
    forged = token(survey)[:-1] + ("A" if token(survey)[-1] != "A" else "B")
    for wrong in (forged, survey.public_id, "x"):
        assert problem(Api(None).post(f"surveys/{wrong}/", {"stars": 5}, key=None))[:2] == (404, "not_found")
    clock.move_to(survey.expires_at)
    assert problem(rate(survey))[:2] == (409, "survey_expired")
    assert row_counts() == before
    clock.move_to(survey.expires_at - timedelta(milliseconds=1))
    assert rate(survey).status_code == 201
    before = row_counts()
    assert problem(rate(survey, stars=1))[:2] == (409, "survey_answered")
    assert row_counts() == before


def test_a_reopened_ticket_is_rated_anew_and_the_first_invitation_ends() -> None:
    first = a_survey()
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert agent.send("support_ticket_command", first.ticket_id, "reopen", reason="Still broken").status_code == 302
    agent.send("support_ticket_command", first.ticket_id, "resolve", solution_type="refund", solution="Money back")
    first.refresh_from_db()
    second = Survey.objects.get(resolution=2)
    assert (first.state, second.state, first.resolution) == ("expired", "sent", 1)
    assert problem(rate(first))[:2] == (409, "survey_expired")
    assert rate(second).status_code == 201


@pytest.mark.parametrize(
    ("channel", "contact", "way", "address"),
    [("email", "lin@example.com", "email", "lin@example.com"), ("phone", "+8613800000000", "sms", "+8613800000000")],
)
def test_who_wrote_or_called_is_asked_there(channel: str, contact: str, way: str, address: str) -> None:
    solve(Staff(Role.CUSTOMER_SERVICE), a_ticket(channel=channel, contact=contact))
    notice = Notice.objects.get(kind="support.survey")
    assert (notice.channel, notice.address, notice.shop_id) == (way, address, Survey.objects.get().shop_id)
    assert LINK.search(notice.params["link"])
    assert not Message.objects.exists()


def test_a_caller_without_a_number_is_asked_at_the_buyers_and_nobody_where_none_is_known(sku: Any) -> None:
    agent, order = Staff(Role.CUSTOMER_SERVICE), an_order()
    solve(agent, a_ticket(channel="phone", customer=order.customer))
    assert Notice.objects.get(kind="support.survey").address == "+8613800000000"
    solve(agent, a_ticket(channel="phone"))
    assert Survey.objects.count() == 1


def page(survey: Survey, **form: Any) -> Any:
    client = Client(headers={"Accept-Language": "en"})
    return client.post(f"/survey/{token(survey)}/", form) if form else client.get(f"/survey/{token(survey)}/")


@pytest.mark.sop("S11")
def test_the_public_page_takes_the_stars_without_a_login() -> None:
    survey = a_survey()
    shown = page(survey)
    assert shown.status_code == 200
    assert text_of(shown).count('type="radio"') == 5
    assert (shown["X-Robots-Tag"], shown["Cache-Control"]) == ("noindex, nofollow", "no-store")
    assert "Thank you!" in text_of(page(survey, stars="2", comment="Too\r\nslow"))
    survey.refresh_from_db()
    assert (survey.stars, survey.comment, survey.state) == (2, "Too\nslow", "follow_up")
    again = page(survey)
    assert "Thank you!" in text_of(again)
    assert 'type="radio"' not in text_of(again)


@pytest.mark.sop("S11", refused=True)
def test_the_public_page_refuses_no_stars_and_staff(clock: Any) -> None:
    survey, staff = a_survey(), Staff(Role.CUSTOMER_SERVICE).client
    before = row_counts()
    none = page(survey, comment="x")
    assert (none.status_code, "Choose 1 to 5 stars." in text_of(none)) == (422, True)
    assert page(survey, stars="6").status_code == 422
    assert staff.post(f"/survey/{token(survey)}/", {"stars": "5"}).status_code == 403
    assert "staff do not rate" in text_of(staff.get(f"/survey/{token(survey)}/"))
    assert Client().get("/survey/nonsense/").status_code == 404
    clock.move_to(survey.expires_at)
    assert "This invitation has ended." in text_of(page(survey))
    assert page(survey, stars="5").status_code == 422
    assert row_counts() == before


def test_few_stars_are_work_that_is_finished_on_the_surveys_page(clock: Any) -> None:
    survey = a_survey()
    assert rate(survey, stars=2).status_code == 201
    item = WorkItem.objects.get(kind="support.ask_why")
    assert (item.due_at, item.role) == (NOW + DAY, "customer_service")
    agent, picker = Staff(Role.CUSTOMER_SERVICE), Staff(Role.WAREHOUSE)
    assert "Customer was asked" in text_of(agent.client.get(REGISTER[item.kind].url(item.subject_id)))
    before = row_counts()
    assert agent.send("support_survey_command", survey.pk, "follow_up", finding=" ").status_code == 422
    assert picker.send("support_survey_command", survey.pk, "follow_up", finding="x").status_code == 403
    assert row_counts() == before
    assert agent.send("support_survey_command", survey.pk, "follow_up", finding="Parcel was late").status_code == 302
    survey.refresh_from_db()
    item.refresh_from_db()
    assert (survey.state, survey.finding, survey.followed_up_by) == ("followed_up", "Parcel was late", agent.user.username)
    assert item.closed_at == NOW


def test_invitations_end_at_their_time_and_not_before() -> None:
    survey = a_survey()
    run("support.send_surveys", survey.expires_at - timedelta(milliseconds=1))
    survey.refresh_from_db()
    assert survey.state == "sent"
    run("support.send_surveys", survey.expires_at)
    run("support.send_surveys", survey.expires_at)
    survey.refresh_from_db()
    assert survey.state == "expired"
    assert AuditEntry.objects.filter(action="support.survey_expired").count() == 1


def test_the_workbench_does_not_show_the_link_to_the_agent() -> None:
    survey = a_survey()
    bench = text_of(Staff(Role.CUSTOMER_SERVICE).open("support_ticket_change", survey.ticket_id))
    assert token(survey) not in bench
    assert "How content are you?" in bench
