"""The steps of escalation: each once an episode, at its exact moment, and nobody is told at midnight."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from support.enums.tickets import Channel, TicketState
from support.models import Ticket, TicketClock
from support.services.sla import clocks
from tests.builders import a_shop, a_user, an_actor
from tests.builders.tickets import a_ticket
from tests.builders.times import at
from tests.kit.duties import run

MS, SECOND, MINUTE, HOUR = (timedelta(milliseconds=1), timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1))
NOON = at(12)
SWEEP = "support.sweep_clocks"


@pytest.fixture(autouse=True)
def people(db: None) -> Any:
    a_shop()
    return {role: a_user(role) for role in (Role.CUSTOMER_SERVICE, Role.OPERATIONS_SUPERVISOR, Role.OPERATIONS_MANAGER)}


def opened(**columns: Any) -> Ticket:
    ticket = a_ticket(**{"opened_at": NOON, **columns})
    clocks.ticket_opened(ticket, SYSTEM, ticket.opened_at)
    return ticket


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(channel="in_app").order_by("id")
    return [(row.kind, row.user.groups.get().name) for row in rows if row.user]


@pytest.mark.parametrize(
    ("minutes", "work", "notices", "late"),
    [
        (15, 0, 0, False),
        (15.001, 1, 0, False),
        (24, 1, 0, False),
        (24.001, 1, 1, False),
        (30, 1, 1, False),
        (30.001, 1, 2, True),
        (45, 1, 2, True),
        (45.001, 1, 3, True),
    ],
)
def test_each_step_comes_after_its_moment(minutes: float, work: int, notices: int, late: bool) -> None:
    opened()
    run(SWEEP, NOON + timedelta(minutes=minutes))
    row = TicketClock.objects.get()
    found = (WorkItem.objects.filter(kind="support.answer").count(), len(told()), row.breached_at is not None)
    assert found == (work, notices, late)


def test_late_as_the_sweep_may_come_each_step_is_taken_once() -> None:
    ticket = opened()
    for minute in (60, 61, 300):
        run(SWEEP, NOON + minute * MINUTE)
    row = TicketClock.objects.get()
    assert (row.breached_at, row.steps_taken, row.next_step_at) == (NOON + 30 * MINUTE, 4, None)
    desks = ["customer_service", "operations_supervisor", "operations_manager"]
    assert told() == [("support.sla", desk) for desk in desks]
    event = Event.objects.get(type="ticket.sla_breached")
    assert (event.subject_id, event.data["due_at"]) == (ticket.public_id, "2026-06-11T04:30:00+00:00")
    assert WorkItem.objects.get().next_step_at is None  # its own ladder stands still


def test_the_answer_ends_the_work_and_the_next_episode_begins_anew() -> None:
    ticket = opened()
    run(SWEEP, NOON + 31 * MINUTE)
    agent = an_actor(Role.CUSTOMER_SERVICE)
    clocks.person_answered(ticket, NOON + 32 * MINUTE, agent, NOON + 32 * MINUTE)
    item = WorkItem.objects.get()
    assert (item.outcome, item.closed_by) == ("answered", agent.label)
    ticket.resolutions, ticket.state = 1, TicketState.IN_PROGRESS
    clocks.reopened(ticket, SYSTEM, NOON + HOUR)
    run(SWEEP, NOON + HOUR + 31 * MINUTE)
    assert WorkItem.objects.filter(closed_at=None, kind="support.answer").count() == 1
    assert Event.objects.filter(type="ticket.sla_breached").count() == 2


def test_the_agent_of_the_ticket_is_warned_alone_and_has_the_work(people: Any) -> None:
    opened(assignee=people[Role.CUSTOMER_SERVICE])
    other = a_user(Role.CUSTOMER_SERVICE)
    run(SWEEP, NOON + 25 * MINUTE)
    assert WorkItem.objects.get().owner == people[Role.CUSTOMER_SERVICE]
    assert Notice.objects.filter(user=other).count() == 0
    assert Notice.objects.filter(user=people[Role.CUSTOMER_SERVICE], channel="in_app").count() == 1


def test_at_midnight_nobody_is_told_and_in_the_morning_there_is_one_notice_a_desk() -> None:
    night = at(23)
    opened(opened_at=night), opened(opened_at=night)
    run(SWEEP, night + 31 * MINUTE)
    assert (told(), TicketClock.objects.filter(breached_at=night + 30 * MINUTE).count()) == ([], 2)
    assert Event.objects.filter(type="ticket.sla_breached").count() == 2
    run(SWEEP, at(9, day=12) - MS)
    assert told() == []
    run(SWEEP, at(9, day=12))
    run(SWEEP, at(9, 1, day=12))
    assert told() == [("support.sla_digest", "customer_service"), ("support.sla_digest", "operations_supervisor")]
    assert Notice.objects.filter(kind="support.sla_digest")[0].params == {"late": 2, "soon": 0}


def test_conversations_are_told_of_at_any_hour() -> None:
    night = at(23)
    opened(opened_at=night, channel=Channel.CHAT)
    run(SWEEP, night + 11 * SECOND)
    assert told() == [("support.sla", "customer_service"), ("support.sla", "operations_supervisor")]


def test_what_is_paused_does_not_climb() -> None:
    ticket = opened()
    clocks.waiting(ticket, SYSTEM, NOON + 10 * MINUTE)
    run(SWEEP, NOON + 5 * HOUR)
    assert (WorkItem.objects.count(), told()) == (0, [])
    clocks.going_on(ticket, SYSTEM, NOON + 5 * HOUR)
    run(SWEEP, NOON + 5 * HOUR + 5 * MINUTE)
    assert WorkItem.objects.count() == 0
    run(SWEEP, NOON + 5 * HOUR + 5 * MINUTE + MS)
    assert WorkItem.objects.get().due_at == NOON + 5 * HOUR + 20 * MINUTE


def test_work_that_was_open_comes_back_after_the_pause() -> None:
    ticket = opened()
    run(SWEEP, NOON + 16 * MINUTE)
    clocks.waiting(ticket, SYSTEM, NOON + 17 * MINUTE)
    assert WorkItem.objects.get().outcome == "paused"
    clocks.going_on(ticket, SYSTEM, NOON + 27 * MINUTE)
    assert WorkItem.objects.get(closed_at=None).due_at == NOON + 40 * MINUTE


def test_many_steps_cost_as_many_statements_as_one() -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            opened()
        with CaptureQueriesContext(connection) as log:
            run(SWEEP, NOON + 16 * MINUTE)
        return len(log)

    cost(1)
    assert cost(1) == cost(40)
