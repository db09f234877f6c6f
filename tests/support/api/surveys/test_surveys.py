"""A customer is asked once for each solution, and answers without signing in."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from support.models import Message, Survey, Ticket
from support.services.surveys.tokens import link_of, token_of
from support.services.tickets import steps
from tests.builders import NOW, an_actor, an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)
ANYBODY = Api(None)


@pytest.fixture
def agent(shop: Any) -> Any:
    return an_actor(Role.CUSTOMER_SERVICE)


def solved(agent: Any, **columns: Any) -> Survey:
    ticket = a_ticket(**{"state": "in_progress", "contact": "lin@example.com"} | columns)
    steps.resolve(ticket_id=ticket.pk, solution_type="answered", solution="Told", actor=agent, now=NOW)
    return Survey.objects.get(ticket=ticket)


def answer(survey: Survey, **body: Any) -> Any:
    return ANYBODY.post(f"surveys/{token_of(survey.public_id)}/", body, key=None)


@pytest.mark.sop("S11")
def test_the_customer_is_asked_by_mail_and_answers_with_the_link_alone(agent: Any) -> None:
    survey = solved(agent)
    notice = Notice.objects.get(kind="support.survey")
    assert (notice.address, notice.params["link"]) == ("lin@example.com", link_of(survey.public_id))
    assert survey.expires_at == NOW + 14 * DAY
    found = answer(survey, stars=5, comment=" Very kind ")
    assert found.status_code == 201
    assert json.loads(found.content) == {
        "id": survey.public_id,
        "stars": 5,
        "comment": "Very kind",
        "answered_at": "2026-06-11T00:59:30Z",
    }
    survey.refresh_from_db()
    assert (survey.state, survey.stars, survey.comment, survey.answered_at) == ("answered", 5, "Very kind", NOW)
    event = Event.objects.get(type="survey.answered").data
    assert (event["id"], event["ticket"], event["stars"]) == (survey.public_id, survey.ticket and survey.ticket.public_id, 5)
    assert AuditEntry.objects.get(action="support.survey_answered").actor_label == "customer"
    assert not WorkItem.objects.filter(kind="support.low_stars").exists()


@pytest.mark.sop("S11", refused=True)
def test_an_answer_counts_once_in_its_time_and_with_one_to_five_stars(agent: Any, clock: Any) -> None:
    survey, other = solved(agent), solved(agent)
    before = row_counts()
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"stars": 6}, "out_of_range"),
        ({"stars": "5"}, "invalid_number"),
        ({}, "required"),
    ]
    for wrong, code in wrongs:
        assert problem(answer(survey, **wrong))[:2] == (400, code)
    assert problem(answer(survey, stars=1, comment="x" * 1001))[0] == 400
    forged = token_of(survey.public_id)[:-3] + "abc"
    for token in (forged, survey.public_id, "x"):
        assert problem(ANYBODY.post(f"surveys/{token}/", {"stars": 5}, key=None))[:2] == (404, "not_found")
    assert ANYBODY.get(f"surveys/{token_of(survey.public_id)}/").status_code == 405
    clock.move_to(NOW + 14 * DAY)
    assert problem(answer(other, stars=5))[:2] == (409, "survey_expired")
    assert row_counts() == before
    clock.move_to(NOW + DAY)
    assert answer(survey, stars=4).status_code == 201
    before = row_counts()
    assert problem(answer(survey, stars=1))[:2] == (409, "survey_answered")
    survey.refresh_from_db()
    assert (survey.stars, row_counts()) == (4, before)


@pytest.mark.sop("S11")
def test_every_solution_asks_once_more(agent: Any) -> None:
    survey = solved(agent)
    ticket = survey.ticket
    assert ticket
    steps.reopen(ticket_id=ticket.pk, reason="not yet", actor=agent, now=NOW)
    steps.resolve(ticket_id=ticket.pk, solution_type="answered", solution="Again", actor=agent, now=NOW)
    assert list(Survey.objects.values_list("resolution", flat=True).order_by("pk")) == [1, 2]


@pytest.mark.sop("S11")
def test_in_a_chat_the_question_is_a_message_and_a_number_is_the_answer(api: Api, agent: Any) -> None:
    survey = solved(agent, channel="wechat", contact="wx")
    ticket = survey.ticket
    assert ticket
    asked = Message.objects.get(ticket=ticket)
    assert (asked.author_kind, asked.delivery, link_of(survey.public_id) in asked.body) == ("bot", "queued", True)
    bench = text_of(Staff(Role.CUSTOMER_SERVICE).open("support_ticket_change", ticket.public_id))
    assert ("/s/srv_…" in bench, token_of(survey.public_id) in bench) == (True, False)  # nobody rates themselves
    path = f"tickets/{ticket.public_id}/messages/"
    assert api.post(path, {"body": "5星"}).status_code == 201
    survey.refresh_from_db()
    assert (survey.stars, Ticket.objects.get().state) == (5, "confirmed")
    assert api.post(path, {"body": "5"}).status_code == 201  # answered already: it is a word like any other
    assert Ticket.objects.get().state == "in_progress"


@pytest.mark.sop("S11")
def test_a_call_is_asked_by_text_message_and_a_test_by_nobody(agent: Any, sku: Any) -> None:
    buyer = an_order().customer
    assert buyer
    type(buyer).objects.update(email="b@example.com")
    buyer.refresh_from_db()
    solved(agent, channel="phone", contact="+8613800000000", customer=buyer)
    assert Notice.objects.get(kind="support.survey").address == "+8613800000000"
    Notice.objects.all().delete()
    solved(agent, channel="phone", contact="", customer=buyer)
    assert Notice.objects.get(kind="support.survey").address == "b@example.com"
    solved(agent, is_test=True)
    assert Notice.objects.filter(kind="support.survey").count() == 1


@pytest.mark.sop("S11")
def test_the_page_asks_on_a_telephone_and_says_thank_you(agent: Any, clock: Any) -> None:
    survey, late = solved(agent), solved(agent)
    page, path = Client(headers={"Accept-Language": "zh-CN"}), f"/s/{token_of(survey.public_id)}/"
    shown = page.get(path)
    assert shown.status_code == 200
    assert (shown.content.decode().count('type="radio"'), "lin@example.com" in shown.content.decode()) == (5, False)
    assert page.post(path, {"comment": "nett"}).status_code == 422
    assert "nett" in page.post(path, {"comment": "nett", "stars": "9"}).content.decode()
    survey.refresh_from_db()
    assert survey.state == "sent"
    assert page.post(path, {"stars": "4", "comment": "还行"}).status_code == 200
    survey.refresh_from_db()
    assert (survey.stars, survey.comment) == (4, "还行")
    assert page.post(path, {"stars": "1"}).status_code == 409
    assert 'type="radio"' not in page.get(path).content.decode()
    assert page.get("/s/forged.token/").status_code == 404
    assert Staff(Role.CUSTOMER_SERVICE).client.post(f"/s/{token_of(late.public_id)}/", {"stars": "5"}).status_code == 403
    clock.move_to(NOW + 15 * DAY)
    assert 'type="radio"' not in page.get(f"/s/{token_of(late.public_id)}/").content.decode()
