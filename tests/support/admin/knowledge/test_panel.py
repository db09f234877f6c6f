"""The knowledge base and the agent's own presence on the workbench."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from support.models import AgentPresence, Message, PresenceSpan, Ticket
from support.queries.knowledge.suggesting import suggested
from support.services.knowledge.articles import ArticleText, publish_article, retire_article, write_article
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
RETURNS = "签收后 7 天内可以退货。"
WARMTH = "6 小时后仍在 60℃ 以上。"


def an_article(title: str, body: str, *questions: str, shop: Any = None) -> Any:
    text = ArticleText(title, body, questions)
    row = write_article(kind="policy", shop_id=shop and shop.pk, text=text, actor=SYSTEM, now=NOW)
    return publish_article(article_id=row.pk, actor=SYSTEM, now=NOW)


def says(ticket: Ticket, body: str, **columns: Any) -> Message:
    given = {"direction": "in", "author_kind": "customer", "public": True, "said_at": NOW} | columns
    return Message.objects.create(ticket=ticket, body=body, **given)


def titles(ticket: Ticket) -> list[str]:
    return [hit.article.title for hit in suggested(ticket)]


def feed(staff: Staff, **asked: Any) -> Any:
    return json.loads(staff.client.get(reverse("admin:support_ticket_feed"), {"after": "0", **asked}).content)


def says_to_be(staff: Staff, state: str, **more: Any) -> Any:
    headers = {"X-Requested-With": "fetch"}
    return staff.client.post(reverse("admin:support_agentpresence_set"), {"state": state} | more, headers=headers)


@pytest.mark.sop("S7")
def test_what_fits_the_customers_last_words_stands_beside_the_ticket(agent: Staff) -> None:
    an_article("怎么退货", RETURNS, "想退掉")
    an_article("保温杯能保温多久", WARMTH)
    ticket = a_ticket(subject="咨询")
    says(ticket, "杯子保温多久？")
    assert titles(ticket) == ["保温杯能保温多久"]
    says(ticket, "那怎么退货呢？")
    says(ticket, "杯子保温多久", direction="out", author_kind="agent")
    says(ticket, "杯子保温多久", public=False, direction="out", author_kind="agent")
    assert titles(ticket) == ["怎么退货"]
    page = text_of(agent.open("support_ticket_change", ticket.pk))
    assert (RETURNS in page, WARMTH in page, "data-insert" in page) == (True, False, True)


def test_when_the_last_words_fit_nothing_the_subject_is_looked_up(agent: Staff) -> None:
    an_article("怎么退货", RETURNS)
    ticket = a_ticket(subject="怎么退货")
    assert titles(ticket) == ["怎么退货"]
    says(ticket, "ok")
    assert titles(ticket) == ["怎么退货"]
    assert titles(a_ticket(subject="hello")) == []
    assert "Nothing in the knowledge base fits." in text_of(agent.open("support_ticket_change", a_ticket(subject="hello").pk))


def test_only_the_shops_published_articles_are_suggested_the_best_three(shop: Any) -> None:
    ticket = a_ticket(subject="怎么退货")
    an_article("怎么退货", RETURNS, shop=a_shop("douyin-01"))
    retire_article(article_id=an_article("怎么退货", RETURNS).pk, reason="old", actor=SYSTEM, now=NOW)
    write_article(kind="policy", shop_id=None, text=ArticleText("怎么退货", RETURNS), actor=SYSTEM, now=NOW)
    assert titles(ticket) == []
    for number in range(4):
        an_article(f"怎么退货 {number}", RETURNS, shop=shop)
    assert titles(ticket) == ["怎么退货 0", "怎么退货 1", "怎么退货 2"]


def test_from_the_likeness_on_and_no_more_than_the_parameters_say() -> None:
    ticket = a_ticket(subject="保温杯退货")
    an_article("退货", RETURNS)
    an_article("保温杯", WARMTH)
    percents = [hit.percent for hit in suggested(ticket)]
    assert (len(percents), percents[0] > percents[1] >= 15) == (2, True)
    for least, found in ((percents[1], 2), (percents[1] + 1, 1), (percents[0] + 1, 0)):
        override(code="support.suggest_likeness", value=least, reason="trial", actor=SYSTEM, now=NOW)
        forget_cached()
        assert len(suggested(ticket)) == found
    override(code="support.suggest_likeness", value=1, reason="trial", actor=SYSTEM, now=NOW)
    override(code="support.suggestions", value=1, reason="trial", actor=SYSTEM, now=NOW)
    forget_cached()
    assert titles(ticket) == ["保温杯"]


def test_where_nothing_fits_those_who_may_write_an_article(agent: Staff) -> None:
    ticket = a_ticket(subject="hello")
    link = reverse("admin:support_article_new")
    panel = [text_of(staff.open("support_article_answers", ticket.pk)) for staff in (agent, Staff(Role.AUDITOR))]
    assert [link in text for text in panel] == [True, False]


@pytest.mark.sop("S7")
def test_an_agent_looks_something_else_up_without_leaving_the_ticket(agent: Staff) -> None:
    an_article("怎么退货", RETURNS)
    an_article("保温杯能保温多久", WARMTH)
    ticket = a_ticket(subject="怎么退货")
    url = reverse("admin:support_article_answers", args=[ticket.pk])
    asked, unasked = text_of(agent.client.get(url, {"q": "保温"})), text_of(agent.client.get(url, {"q": " "}))
    assert (WARMTH in asked, RETURNS in asked) == (True, False)
    assert (WARMTH in unasked, RETURNS in unasked) == (False, True)
    assert "Nothing in the knowledge base fits." in text_of(agent.client.get(url, {"q": "？？"}))


def test_answers_are_for_those_who_may_read_them_and_see_the_ticket(agent: Staff, shop: Any) -> None:
    an_article("怎么退货", RETURNS)
    other = a_ticket(shop=a_shop("douyin-01"), subject="怎么退货")
    assert Staff(Role.CUSTOMER_SERVICE, shops=[shop]).open("support_article_answers", other.pk).status_code == 404
    assert Staff(Role.WAREHOUSE).open("support_article_answers", other.pk).status_code == 403
    read = text_of(Staff(Role.AUDITOR).open("support_ticket_change", other.pk))
    assert (RETURNS in read, "data-insert" in read, "bench-presence" in read) == (True, False, False)


def test_a_closed_ticket_takes_no_answer(agent: Staff) -> None:
    an_article("怎么退货", RETURNS)
    ticket = a_ticket(subject="怎么退货", state="archived")
    assert "data-insert" not in text_of(agent.open("support_ticket_change", ticket.pk))


def test_suggestions_cost_the_same_whatever_is_written() -> None:
    ticket = a_ticket(subject="怎么退货")
    says(ticket, "你好")
    counted = []
    for number in (1, 20):
        for one in range(number):
            an_article(f"怎么退货 {number} {one}", RETURNS)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert suggested(ticket)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 7


@pytest.mark.sop("S19")
def test_an_agent_says_on_the_workbench_that_they_are_there(agent: Staff) -> None:
    ticket = a_ticket()
    assert says_to_be(agent, "online").json() == {"state": "online", "online": "1 agent is online"}
    assert PresenceSpan.objects.get().state == "online"
    page = text_of(agent.open("support_ticket_workbench"))
    assert 'value="online" class="od-button" aria-pressed="true"' in page
    assert 'value="busy" class="od-button" aria-pressed="false"' in page

    back = agent.send("support_agentpresence_set", state="busy", ticket=ticket.pk)
    assert back["Location"] == reverse("admin:support_ticket_change", args=[ticket.pk])
    back = agent.send("support_agentpresence_set", state="offline")
    assert back["Location"] == reverse("admin:support_ticket_workbench")
    assert AgentPresence.objects.get().state == "offline"


@pytest.mark.sop("S19", refused=True)
def test_only_an_agent_is_there_and_only_in_a_known_way(agent: Staff) -> None:
    before = row_counts()
    assert says_to_be(agent, "asleep").status_code == 422
    assert says_to_be(agent, "online", ticket="x").status_code == 422
    assert agent.open("support_agentpresence_set").status_code == 405
    assert row_counts() == before
    assert says_to_be(Staff(Role.AUDITOR), "online").status_code == 403
    assert AgentPresence.objects.count() == 0


def test_the_open_workbench_keeps_its_agent_there(agent: Staff, clock: Any) -> None:
    says_to_be(agent, "online")
    for minute in (4, 8):
        clock.move_to(NOW + minute * MINUTE)
        assert feed(agent, sign="1")["presence"]["state"] == "online"
        run("support.close_silent_agents", NOW + minute * MINUTE)
    assert AgentPresence.objects.get().seen_at == NOW + 8 * MINUTE
    clock.move_to(NOW + 8 * MINUTE + 29 * SECOND)
    feed(agent, sign="1")
    assert AgentPresence.objects.get().seen_at == NOW + 8 * MINUTE
    clock.move_to(NOW + 8 * MINUTE + 30 * SECOND)
    assert "presence" not in feed(agent)
    assert AgentPresence.objects.get().seen_at == NOW + 8 * MINUTE
    feed(agent, sign="1")
    assert AgentPresence.objects.get().seen_at == NOW + 8 * MINUTE + 30 * SECOND


def test_who_was_away_says_anew_that_they_are_back(agent: Staff, clock: Any) -> None:
    says_to_be(agent, "online")
    clock.move_to(NOW + 5 * MINUTE)
    assert feed(agent, sign="1")["presence"] == {"state": "offline", "online": "0 agents are online"}
    assert AgentPresence.objects.get().seen_at == NOW
    run("support.close_silent_agents", NOW + 5 * MINUTE)
    assert says_to_be(agent, "online").json()["state"] == "online"
    spans = list(PresenceSpan.objects.order_by("pk").values_list("started_at", "ended_at"))
    assert spans == [(NOW, NOW), (NOW + 5 * MINUTE, None)]


def test_who_does_not_answer_customers_gives_no_sign(agent: Staff) -> None:
    assert "presence" not in feed(Staff(Role.AUDITOR), sign="1")
    assert feed(agent, sign="1")["presence"]["state"] == "offline"
    assert AgentPresence.objects.count() == 0


def test_another_shops_articles_are_not_looked_up(shop: Any) -> None:
    an_article("怎么退货", RETURNS, shop=a_shop("douyin-01"))
    an_article("退货运费", WARMTH)
    near, far = Staff(Role.CUSTOMER_SERVICE, shops=[shop]), Staff(Role.CUSTOMER_SERVICE)
    url = reverse("admin:support_article_search")
    pages = [text_of(staff.client.get(url, {"q": "退货"})) for staff in (near, far)]
    assert [(RETURNS in page, WARMTH in page) for page in pages] == [(False, True), (True, True)]
