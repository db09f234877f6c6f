"""The bot's screens: where it talks, how it went, and what the agent sees who takes over."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from support.models import BotSetting, BotTalk
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


def talk(state: str, reason: str = "", **columns: Any) -> BotTalk:
    ended = {"handed_over_at": NOW} if reason else {}
    ticket = a_ticket(channel="wechat", opened_at=NOW - timedelta(days=1), **columns)
    return BotTalk.objects.create(ticket=ticket, state=state, reason=reason, question="可以刻字吗", last_at=NOW, **ended)


@pytest.mark.sop("S18")
def test_a_supervisor_says_where_the_bot_talks(supervisor: Staff, shop: Any) -> None:
    assert supervisor.send("support_botsetting_write", shop_id=shop.pk, channels=["wechat"], active="on").status_code == 302
    row = BotSetting.objects.get()
    assert (row.shop, row.channels, row.active) == (shop, ["wechat"], True)
    assert AuditEntry.objects.get(action="support.bot_set").after == {"channels": ["wechat"], "active": True}
    assert supervisor.send("support_botsetting_write", shop_id=shop.pk, channels=["web", "chat"]).status_code == 302
    row.refresh_from_db()
    assert (row.channels, row.active) == (["chat", "web"], False)
    assert "Online chat, Web form" in text_of(supervisor.open("support_botsetting_changelist"))
    assert supervisor.open("support_botsetting_change", row.pk).status_code == 200


@pytest.mark.sop("S18", refused=True)
def test_only_supervisors_set_the_bot_and_only_where_programs_fetch(supervisor: Staff, agent: Staff, shop: Any) -> None:
    elsewhere = Staff(Role.OPERATIONS_SUPERVISOR, shops=[a_shop("jd-01")])
    before = row_counts()
    given = {"shop_id": shop.pk, "channels": ["wechat"], "active": "on"}
    assert agent.send("support_botsetting_write", **given).status_code == 403
    assert elsewhere.send("support_botsetting_write", **given).status_code == 422
    wrongs: list[dict[str, Any]] = [{"channels": ["email"]}, {"channels": []}, {"shop_id": 0}]
    for wrong in wrongs:
        assert supervisor.send("support_botsetting_write", **(given | wrong)).status_code == 422
    assert row_counts() == before


@pytest.mark.sop("S18")
def test_the_list_says_how_much_the_bot_settles_alone_and_why_not_the_rest(supervisor: Staff) -> None:
    for state, reason in (("talking", ""), ("answered", ""), ("handed_over", "asked"), ("handed_over", "unknown")):
        talk(state, reason)
    talk("answered", is_test=True)
    page = text_of(supervisor.open("support_bottalk_changelist"))
    assert "1 (33 %)" in page
    assert "Handed over: The bot knows no answer" in page
    assert text_of(supervisor.client.get("/admin/support/bottalk/?reason__exact=asked")).count("可以刻字吗") == 1


@pytest.mark.sop("S18")
def test_the_agent_sees_what_the_bot_was_asked_and_which_talks_it_has(agent: Staff) -> None:
    over, talking, plain = talk("handed_over", "unknown"), talk("talking"), a_ticket(subject="Nobody talked")
    page = text_of(agent.open("support_ticket_change", over.ticket.public_id))
    assert ("The bot knows no answer" in page, "可以刻字吗" in page) == (True, True)
    _, _, mine = page.partition("With the bot")
    assert talking.ticket.public_id in mine
    assert over.ticket.public_id not in mine.partition("</ul>")[0]
    assert "Asked last:" not in text_of(agent.open("support_ticket_change", plain.public_id))


def test_other_shops_conversations_are_not_seen() -> None:
    row = talk("answered")
    elsewhere = Staff(Role.OPERATIONS_SUPERVISOR, shops=[a_shop("jd-01")])
    assert "可以刻字吗" not in text_of(elsewhere.open("support_bottalk_changelist"))
    assert elsewhere.open("support_bottalk_change", row.public_id).status_code == 302  # as if there were none
