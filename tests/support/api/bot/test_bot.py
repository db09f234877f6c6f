"""The bot answers first, and gives to people what is not for it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.enums.sla import ClockKind
from support.models import BotSetting, BotTalk, Message, Team, Ticket, TicketClock, TriageRule
from support.queries.tickets import finding
from support.services.knowledge.articles import ArticleText, publish_article, write_article
from support.services.knowledge.presence import set_presence
from support.services.tickets import steps
from support.services.tickets.replying import reply
from tests.builders import NOW, a_client, a_shop, a_user, an_actor, an_order
from tests.kit.duties import run
from tests.kit.http import Api
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
MINUTE = timedelta(minutes=1)
RETURNS = "签收后 7 天内可以退货。"


@pytest.fixture
def bot(shop: Any) -> BotSetting:
    """The bot talks on WeChat, and knows how to return something."""
    row = write_article(kind="policy", shop_id=None, text=ArticleText("怎么退货", RETURNS), actor=SYSTEM, now=NOW)
    publish_article(article_id=row.pk, actor=SYSTEM, now=NOW)
    return BotSetting.objects.create(shop=shop, channels=["wechat", "chat"])


def opened(api: Api, text: str, **changes: Any) -> Ticket:
    given = {"shop": "tmall-01", "channel": "wechat", "subject": "?", "body": text, "contact": "wx-1"} | changes
    answer = api.post("tickets/", given)
    assert answer.status_code == 201, answer.content
    return Ticket.objects.get(public_id=json.loads(answer.content)["id"])


def says(api: Api, ticket: Ticket, text: str) -> None:
    assert api.post(f"tickets/{ticket.public_id}/messages/", {"body": text}).status_code == 201


def last(ticket: Ticket) -> str:
    return Message.objects.filter(ticket=ticket, author_kind="bot").latest("pk").body


def open_clocks(ticket: Ticket) -> set[str]:
    return set(TicketClock.objects.filter(ticket=ticket, met_at=None, ended_at=None).values_list("kind", flat=True))


def shown(api: Api, ticket: Ticket) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(api.get(f"tickets/{ticket.public_id}/").content)
    return answer


@pytest.mark.sop("S18")
def test_the_bot_answers_from_the_knowledge_base_at_once(api: Api, bot: BotSetting) -> None:
    ticket = opened(api, "怎么退货？", channel="chat")
    assert last(ticket).startswith(RETURNS)
    assert (ticket.state, ticket.assignee, shown(api, ticket)["with_bot"]) == ("new", None, True)
    assert open_clocks(ticket) == set()
    acknowledged = TicketClock.objects.get(ticket=ticket, kind=ClockKind.ACK)
    assert (acknowledged.met_at, acknowledged.spent_ms, acknowledged.met_by) == (NOW, 0, SYSTEM.label)
    assert not WorkItem.objects.filter(closed_at=None).exists()
    told = Event.objects.get(type="ticket.replied").data["message"]
    assert (told["author_kind"], told["body"]) == ("bot", last(ticket))
    read = json.loads(api.get(f"tickets/{ticket.public_id}/messages/").content)["results"]
    assert [(row["author_kind"], row["direction"]) for row in read] == [("bot", "out"), ("customer", "in")]
    assert finding.feed(an_actor(Role.CUSTOMER_SERVICE), after=0) == []


@pytest.mark.sop("S18")
def test_the_bot_knows_where_the_customers_own_order_is(api: Api, bot: BotSetting, sku: Any) -> None:
    mine, other = an_order(), an_order()
    assert mine.customer
    ticket = opened(api, "我的快递到哪了", customer=mine.customer.public_id)
    assert mine.number in last(ticket)
    says(api, ticket, f"订单 {other.number} 物流呢？")
    assert other.number not in last(ticket)
    assert BotTalk.objects.get().reason == "unknown"


@pytest.mark.sop("S18")
@pytest.mark.parametrize(
    ("text", "reason"),
    [("转人工", "asked"), ("我要投诉", "complaint"), ("有刻字服务么", "unknown")],
)
def test_what_is_not_for_the_bot_goes_to_people_whose_clocks_begin_then(
    api: Api, bot: BotSetting, clock: Any, text: str, reason: str
) -> None:
    ticket = opened(api, "怎么退货？")
    clock.move_to(NOW + MINUTE)
    says(api, ticket, text)
    talk = BotTalk.objects.get()
    assert (talk.state, talk.reason, talk.answers, talk.handed_over_at) == ("handed_over", reason, 1, NOW + MINUTE)
    assert (talk.question, shown(api, ticket)["with_bot"]) == (text, False)
    running = TicketClock.objects.get(ticket=ticket, met_at=None)
    assert (running.kind, running.started_at) == ("first_response", NOW + MINUTE)
    assert WorkItem.objects.get(closed_at=None).kind == "support.take_ticket"
    before = Message.objects.count()
    says(api, ticket, "怎么退货？")
    assert Message.objects.count() == before + 1  # the customer's alone: the bot is quiet


@pytest.mark.sop("S18")
def test_a_live_conversation_starts_the_ten_seconds_at_the_hand_over(api: Api, bot: BotSetting) -> None:
    ticket = opened(api, "转人工", channel="chat")
    assert open_clocks(ticket) == {"first_response", "first_response_live"}


@pytest.mark.sop("S18")
def test_after_three_answers_a_person_takes_over_who_is_there(api: Api, bot: BotSetting) -> None:
    team, agent = Team.objects.create(name="A"), a_user(Role.CUSTOMER_SERVICE)
    team.members.set([agent])
    TriageRule.objects.create(position=1, name="t", words="退货", type="return", team=team)
    set_presence(state="online", actor=staff_actor(agent), now=NOW)
    ticket = opened(api, "怎么退货？")
    for _ in range(3):
        says(api, ticket, "怎么退货？")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee, BotTalk.objects.get().reason) == ("assigned", agent, "tired")
    assert not WorkItem.objects.filter(closed_at=None).exists()


@pytest.mark.sop("S18")
def test_an_agent_who_steps_in_makes_the_bot_quiet(api: Api, bot: BotSetting) -> None:
    ticket, agent = opened(api, "怎么退货？"), an_actor(Role.CUSTOMER_SERVICE)
    steps.take(ticket_id=ticket.pk, actor=agent, now=NOW + MINUTE)
    reply(ticket.pk, "您好", (), actor=agent, now=NOW + 2 * MINUTE)
    first = TicketClock.objects.get(ticket=ticket, kind="first_response")
    assert (BotTalk.objects.get().reason, first.spent_ms, first.met_by) == ("taken", 60_000, agent.label)


@pytest.mark.sop("S18")
def test_who_is_answered_and_writes_no_more_is_content_and_may_come_back(api: Api, bot: BotSetting, clock: Any) -> None:
    ticket = opened(api, "怎么退货？")
    run("support.close_bot_talks", NOW + 30 * MINUTE)
    ticket.refresh_from_db()
    assert ticket.state == "new"
    run("support.close_bot_talks", NOW + 31 * MINUTE)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.solution_type, BotTalk.objects.get().state) == ("resolved", "answered", "answered")
    assert RETURNS in ticket.solution
    assert not WorkItem.objects.filter(closed_at=None).exists()  # nobody calls to ask
    clock.move_to(NOW + 60 * MINUTE)
    says(api, ticket, "还是不会")
    ticket.refresh_from_db()
    assert (ticket.state, WorkItem.objects.get(closed_at=None).kind) == ("new", "support.take_ticket")
    assert "next_response" in open_clocks(ticket)


def test_what_the_bot_settled_is_put_away_when_nobody_came_back(api: Api, bot: BotSetting) -> None:
    ticket = opened(api, "怎么退货？")
    run("support.close_bot_talks", NOW + 31 * MINUTE)
    run("support.archive_tickets", NOW + timedelta(days=60))
    ticket.refresh_from_db()
    assert ticket.state == "archived"


@pytest.mark.sop("S18", refused=True)
def test_the_bot_is_quiet_where_it_is_not_set(api: Api, bot: BotSetting) -> None:
    a_shop("jd-01")
    for changes in ({"channel": "email"}, {"shop": "jd-01"}, {"type": "complaint"}):
        opened(api, "怎么退货？", **changes)
    BotSetting.objects.update(active=False)
    opened(api, "怎么退货？")
    assert (BotTalk.objects.exists(), Message.objects.filter(author_kind="bot").exists()) == (False, False)
    assert TicketClock.objects.filter(kind="first_response").count() == 4


@pytest.mark.sop("S18", refused=True)
def test_a_program_without_the_scope_reaches_no_bot(bot: BotSetting) -> None:
    before = row_counts()
    given = {"shop": "tmall-01", "channel": "wechat", "subject": "?", "body": "怎么退货？"}
    assert Api(a_client("tickets:read")).post("tickets/", given).status_code == 403
    after = row_counts()
    assert {name for name in after if after[name] != before[name]} <= {"audit_auditentry", "accounts_apiclient"}
