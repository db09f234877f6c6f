"""Who is there, what is not said, and how agents spoke."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, Invalid
from opsdesk.inbox.models import WorkItem
from support.models import AgentPresence, Message, Phrase, PresenceSpan, Ticket, ToneScore
from support.queries.knowledge.presence import board, present
from support.services.knowledge import presence, tone, wording
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MS = timedelta(milliseconds=1)


@pytest.fixture
def agent() -> Staff:
    a_shop()
    return Staff(Role.CUSTOMER_SERVICE)


@pytest.fixture
def lead() -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)


def spoken_with(staff: Staff, **columns: Any) -> Ticket:
    """A conversation that the agent has ended."""
    solved = {"state": "resolved", "resolved_at": NOW, "solution_type": "answered", "solution": "Told", "resolutions": 1}
    ticket = a_ticket(assignee=staff.user, **solved | columns)
    Message.objects.create(ticket=ticket, direction="out", author_kind="agent", author=staff.user, body="您好", said_at=NOW)
    return ticket


def is_there(staff: Staff, at: Any) -> bool:
    return staff.user.pk in present(at)


@pytest.mark.sop("S19")
def test_an_agent_says_that_they_are_there_and_the_board_counts_it(agent: Staff, clock: Any) -> None:
    assert agent.send("support_agentpresence_board", state="online").status_code == 302
    assert is_there(agent, NOW)
    clock.move_to(NOW + 4 * MINUTE)
    presence.seen(actor=staff_actor(agent.user), now=NOW + 4 * MINUTE)
    clock.move_to(NOW + 8 * MINUTE)
    agent.send("support_agentpresence_board", state="busy")

    assert not is_there(agent, NOW + 8 * MINUTE)
    page = text_of(agent.open("support_agentpresence_board"))
    assert ("Busy" in page, "0:08" in page) == (True, True)
    spans = list(PresenceSpan.objects.order_by("id").values_list("state", "started_at", "ended_at"))
    assert spans == [("online", NOW, NOW + 8 * MINUTE), ("busy", NOW + 8 * MINUTE, None)]
    agent.send("support_agentpresence_board", state="busy")
    assert PresenceSpan.objects.count() == 2


def test_who_gives_no_sign_of_life_is_offline_from_the_last_one_on(agent: Staff) -> None:
    agent.send("support_agentpresence_board", state="online")
    assert is_there(agent, NOW + 5 * MINUTE - MS)
    assert not is_there(agent, NOW + 5 * MINUTE)
    run("support.close_silent_agents", NOW + 5 * MINUTE - MINUTE)
    assert AgentPresence.objects.get().state == "online"
    for _ in range(2):
        run("support.close_silent_agents", NOW + 5 * MINUTE)
    row = AgentPresence.objects.get()
    assert (row.state, row.since, PresenceSpan.objects.get().ended_at) == ("offline", NOW, NOW)
    presence.seen(actor=staff_actor(agent.user), now=NOW + DAY)
    assert board(midnight=NOW - DAY, now=NOW + DAY)[0].state == "offline"


def test_only_agents_say_that_they_are_there(agent: Staff) -> None:
    before = row_counts()
    assert agent.send("support_agentpresence_board", state="asleep").status_code == 422
    with pytest.raises(Forbidden), transaction.atomic():
        presence.set_presence(state="online", actor=SYSTEM, now=NOW)
    assert row_counts() == before
    assert Staff(Role.AUDITOR).send("support_agentpresence_board", state="online").status_code == 403
    assert Staff(Role.WAREHOUSE).open("support_agentpresence_board").status_code == 403


def test_a_phrase_is_refused_in_replies_until_it_is_taken_out_of_force(agent: Staff, lead: Staff) -> None:
    lead.send("support_phrase_new", phrase=" 不 知道 ", kind="impolite", instead="我帮您查一下")
    row = Phrase.objects.get()
    assert row.phrase == "不 知道"

    with pytest.raises(Invalid) as refusal:
        wording.check("这个我不知道。", actor=staff_actor(agent.user), now=NOW)
    assert [(issue.pointer, issue.params) for issue in refusal.value.issues] == [
        ("/body", {"phrase": "不 知道", "instead": "我帮您查一下"})
    ]
    lead.send("support_phrase_command", row.pk, "change", kind="other", instead="")
    wording.check("这个我不知道。", actor=staff_actor(agent.user), now=NOW)
    row.refresh_from_db()
    assert (row.kind, row.instead, row.active) == ("other", "", False)


def test_phrases_are_the_supervisors_and_stand_once(agent: Staff, lead: Staff) -> None:
    lead.send("support_phrase_new", phrase="不知道", kind="impolite", instead="")
    before = row_counts()
    assert lead.send("support_phrase_new", phrase="不知道", kind="other", instead="").status_code == 422
    assert agent.open("support_phrase_new").status_code == 403
    assert agent.send("support_phrase_command", Phrase.objects.get().pk, "change", kind="other").status_code == 403
    assert row_counts() == before


def test_each_agent_is_heard_once_a_day_at_least_and_scored_by_another(agent: Staff, lead: Staff) -> None:
    first, _second = spoken_with(agent), spoken_with(agent)
    spoken_with(agent, is_test=True)
    spoken_with(agent, resolved_at=NOW + DAY)
    for _ in range(2):
        run("support.pick_tone", NOW + DAY)
    picked = ToneScore.objects.all()
    assert {row.agent_id for row in picked} == {agent.user.pk}
    assert 1 <= len(picked) <= 2
    row = picked[0]
    assert row.ticket_id >= first.pk
    assert WorkItem.objects.filter(kind="support.tone_to_score", closed_at=None).count() == len(picked)

    lead.send("support_tonescore_command", row.pk, "score", politeness=5, clarity=2, helpfulness=4, note="Too short")
    row.refresh_from_db()
    assert (row.state, row.clarity, row.scored_by, row.scored_at) == ("coaching", 2, lead.user.username, NOW)
    item = WorkItem.objects.get(kind="support.tone_to_talk_over", closed_at=None)
    assert "To be talked over" in text_of(lead.open("support_tonescore_changelist"))
    assert "您好" in text_of(lead.open("support_tonescore_change", row.pk))

    assert lead.send("support_tonescore_command", row.pk, "talk_over", advice=" ").status_code == 422
    lead.send("support_tonescore_command", row.pk, "talk_over", advice="Whole sentences")
    row.refresh_from_db()
    item.refresh_from_db()
    assert (row.state, row.advice, item.outcome) == ("done", "Whole sentences", "talked_over")


@pytest.mark.sop("S19", refused=True)
def test_points_are_from_one_to_five_and_low_ones_have_words(agent: Staff) -> None:
    both = Staff(Role.OPERATIONS_SUPERVISOR, Role.CUSTOMER_SERVICE)
    for staff in (agent, both):
        spoken_with(staff)
    run("support.pick_tone", NOW + DAY)
    row, own = ToneScore.objects.get(agent=agent.user), ToneScore.objects.get(agent=both.user)
    before = row_counts()
    good = {"politeness": 5, "clarity": 5, "helpfulness": 5}

    for key, points in ((row.pk, good | {"clarity": 6}), (row.pk, good | {"clarity": 2}), (own.pk, good)):
        assert both.send("support_tonescore_command", key, "score", **points).status_code == 422
    assert agent.send("support_tonescore_command", row.pk, "score", **good).status_code == 403
    assert row_counts() == before
    with pytest.raises(Invalid), transaction.atomic():
        tone.score(score_id=row.pk, politeness=0, clarity=5, helpfulness=5, actor=SYSTEM, now=NOW)
    both.send("support_tonescore_command", row.pk, "score", **good)
    row.refresh_from_db()
    assert row.state == "done"
