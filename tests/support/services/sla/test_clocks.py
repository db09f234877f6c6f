"""What tickets tell the clocks, with exact times."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from opsdesk.webhooks.models import Event
from support.enums.sla import ClockKind
from support.enums.tickets import Channel, Stage, TicketState
from support.models import Ticket, TicketClock
from support.services.sla import clocks
from support.services.sla.policies import PolicyText, write_policy
from tests.builders import NOW, a_shop, an_actor
from tests.builders.tickets import a_ticket

MS = timedelta(milliseconds=1)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def agent() -> Actor:
    return an_actor(Role.CUSTOMER_SERVICE)


def opened(actor: Actor = SYSTEM, **columns: Any) -> Ticket:
    ticket = a_ticket(**columns)
    clocks.ticket_opened(ticket, actor, ticket.opened_at)
    return ticket


def clock(ticket: Ticket, kind: ClockKind = ClockKind.FIRST_RESPONSE, **filters: Any) -> TicketClock:
    return TicketClock.objects.filter(ticket=ticket, kind=kind, **filters).latest("id")


def states(ticket: Ticket) -> dict[str, str]:
    return {row.kind: row.state.value for row in TicketClock.objects.filter(ticket=ticket).order_by("id")}


def test_a_conversation_has_ten_seconds_and_half_an_hour() -> None:
    ticket = opened(channel=Channel.CHAT)
    dues = dict(TicketClock.objects.filter(ticket=ticket).values_list("kind", "due_at"))
    assert dues == {
        "ack": NOW + 10 * SECOND,
        "first_response_live": NOW + 10 * SECOND,
        "first_response": NOW + 30 * MINUTE,
    }


def test_an_email_after_the_sale_has_an_answer_and_a_solution() -> None:
    ticket = opened(stage=Stage.AFTER_SALE)
    dues = dict(TicketClock.objects.filter(ticket=ticket).values_list("kind", "due_at"))
    assert dues == {"first_response": NOW + 30 * MINUTE, "solution_48h": NOW + 48 * HOUR}


def test_on_a_public_holiday_the_answer_has_one_hour() -> None:
    festival = datetime(2026, 6, 19, tzinfo=NOW.tzinfo)  # the Dragon Boat Festival
    assert clock(opened(opened_at=festival)).due_at == festival + HOUR
    assert clock(opened(opened_at=festival - MS)).due_at == festival - MS + 30 * MINUTE


@pytest.mark.parametrize(("late", "state"), [(timedelta(0), "met"), (MS, "late")])
def test_ten_seconds_are_in_time_and_one_millisecond_more_is_late(agent: Actor, late: timedelta, state: str) -> None:
    ticket = opened(channel=Channel.CHAT)
    said = NOW + 10 * SECOND + late
    clocks.person_answered(ticket, said, agent, said)
    row = clock(ticket, ClockKind.FIRST_RESPONSE_LIVE)
    assert (row.state, row.met_at, row.spent_ms) == (state, said, 10_000 + late // MS)
    assert row.breached_at == (row.due_at if late else None)
    assert Event.objects.filter(type="ticket.sla_breached").count() == (2 if late else 0)  # the acknowledgement as well


def test_a_bot_stops_the_acknowledgement_alone(agent: Actor) -> None:
    ticket = opened(channel=Channel.CHAT)
    clocks.bot_answered(ticket, NOW + SECOND, SYSTEM, NOW + SECOND)
    assert states(ticket) == {"ack": "met", "first_response_live": "running", "first_response": "running"}
    clocks.person_answered(ticket, NOW + 5 * SECOND, agent, NOW + 5 * SECOND)
    assert states(ticket) == {"ack": "met", "first_response_live": "met", "first_response": "met"}
    assert clock(ticket, ClockKind.ACK).met_at == NOW + SECOND


def test_a_call_that_a_person_has_taken_is_answered(agent: Actor) -> None:
    taken = opened(agent, channel=Channel.PHONE)
    assert set(states(taken).values()) == {"met"}
    assert set(states(opened(channel=Channel.PHONE)).values()) == {"running"}


def test_the_next_question_starts_the_next_answer_once(agent: Actor) -> None:
    ticket = opened()
    clocks.customer_wrote(ticket, NOW + MINUTE, SYSTEM, NOW + MINUTE)
    assert states(ticket) == {"first_response": "running"}
    clocks.person_answered(ticket, NOW + 2 * MINUTE, agent, NOW + 2 * MINUTE)
    clocks.customer_wrote(ticket, NOW + 3 * MINUTE, SYSTEM, NOW + 3 * MINUTE)
    clocks.customer_wrote(ticket, NOW + 4 * MINUTE, SYSTEM, NOW + 4 * MINUTE)
    assert clock(ticket, ClockKind.NEXT_RESPONSE).due_at == NOW + 33 * MINUTE
    assert TicketClock.objects.filter(ticket=ticket).count() == 2


def test_waiting_for_the_customer_pauses_and_gives_back_what_was_left(agent: Actor) -> None:
    ticket = opened(stage=Stage.AFTER_SALE)
    clocks.person_answered(ticket, NOW + MINUTE, agent, NOW + MINUTE)
    clocks.waiting(ticket, agent, NOW + HOUR)
    row = clock(ticket, ClockKind.SOLUTION)
    assert (row.state, row.paused_at, row.next_step_at) == ("paused", NOW + HOUR, None)
    clocks.going_on(ticket, SYSTEM, NOW + 25 * HOUR)
    row.refresh_from_db()
    assert (row.state, row.due_at, row.paused_ms) == ("running", NOW + 72 * HOUR, 24 * 3_600_000)
    assert row.next_step_at == NOW + 48 * HOUR  # half of 48 hours, and the pause


def test_a_customer_who_writes_ends_the_waiting(agent: Actor) -> None:
    ticket = opened(stage=Stage.AFTER_SALE)
    clocks.waiting(ticket, agent, NOW + 10 * MINUTE)
    clocks.customer_wrote(ticket, NOW + 20 * MINUTE, SYSTEM, NOW + 20 * MINUTE)
    assert states(ticket) == {"first_response": "running", "solution_48h": "running"}
    assert clock(ticket).due_at == NOW + 40 * MINUTE


def test_the_acknowledgement_of_other_channels_is_measured_where_it_is_switched_on() -> None:
    override(code="support.ack_elsewhere", value=1, reason="trial", actor=SYSTEM, now=NOW)
    forget_cached()
    ticket = opened()
    assert clock(ticket, ClockKind.ACK).due_at == NOW + 10 * SECOND
    override(code="support.ack_elsewhere", value=0, reason="over", actor=SYSTEM, now=NOW)
    forget_cached()
    clocks.bot_answered(ticket, NOW + 11 * SECOND, SYSTEM, NOW + 11 * SECOND)
    row = clock(ticket, ClockKind.ACK)
    assert (row.state, row.spent_ms) == ("late", 11_000)


def test_an_answer_given_in_time_and_told_late_is_in_time(agent: Actor) -> None:
    ticket = opened()
    row = clock(ticket)
    TicketClock.objects.update(breached_at=row.due_at, seen_at=row.due_at)
    clocks.person_answered(ticket, NOW + 29 * MINUTE, agent, NOW + 40 * MINUTE)
    assert (clock(ticket).state, clock(ticket).spent_ms) == ("met", 29 * 60_000)


def test_put_right_twice_starts_one_solution_and_a_merged_customer_who_was_answered_waits_for_nothing(agent: Actor) -> None:
    ticket, kept = opened(), opened()
    ticket.stage = Stage.AFTER_SALE
    clocks.classified(ticket, agent, NOW)
    clocks.classified(ticket, agent, NOW + MINUTE)
    assert states(ticket) == {"first_response": "running", "solution_48h": "running"}
    ticket.state = TicketState.RESOLVED
    clocks.classified(ticket, agent, NOW + MINUTE)
    clocks.person_answered(ticket, NOW + MINUTE, agent, NOW + MINUTE)
    clocks.merged(ticket, kept, agent, NOW + 2 * MINUTE)
    assert states(kept) == {"first_response": "running"}
    clocks.person_answered(kept, NOW + 3 * MINUTE, agent, NOW + 3 * MINUTE)
    clocks.person_answered(kept, NOW + 4 * MINUTE, agent, NOW + 4 * MINUTE)
    clocks.going_on(kept, agent, NOW + 4 * MINUTE)
    assert states(kept) == {"first_response": "met"}


def test_opening_costs_as_much_with_many_policies_as_with_one() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as log:
            opened()
        return len(log)

    target: dict[str, dict[str, int]] = {"first_response": {"workday": 60_000}}
    frames = {key: {"*": ((0, 1440),)} for key in ("workday", "weekend", "holiday")}
    text = PolicyText("P", 1, {"priority": ["low"]}, target, frames)
    cost()
    write_policy(code="p0", text=text, from_at=None, reason="r", actor=SYSTEM, now=NOW)
    one = cost()
    for number in range(1, 20):
        write_policy(code=f"p{number}", text=text, from_at=None, reason="r", actor=SYSTEM, now=NOW)
    assert cost() == one


def test_after_resolving_nothing_is_waited_for_and_reopening_is_a_new_episode(agent: Actor) -> None:
    ticket = opened(stage=Stage.AFTER_SALE)
    clocks.person_answered(ticket, NOW + MINUTE, agent, NOW + MINUTE)
    clocks.customer_wrote(ticket, NOW + 2 * MINUTE, SYSTEM, NOW + 2 * MINUTE)
    clocks.resolved(ticket, agent, NOW + HOUR)
    assert states(ticket) == {"first_response": "met", "next_response": "breached", "solution_48h": "met"}
    ticket.state, ticket.resolutions = TicketState.RESOLVED, 1
    clocks.customer_wrote(ticket, NOW + 2 * HOUR, SYSTEM, NOW + 2 * HOUR)
    assert TicketClock.objects.filter(ticket=ticket, met_at=None, ended_at=None).count() == 0
    ticket.state = TicketState.IN_PROGRESS
    clocks.reopened(ticket, SYSTEM, NOW + 3 * HOUR)
    again = TicketClock.objects.filter(ticket=ticket, episode=1).values_list("kind", "due_at")
    assert dict(again) == {"next_response": NOW + 3 * HOUR + 30 * MINUTE, "solution_48h": NOW + 51 * HOUR}


def test_who_reopens_a_ticket_for_a_customer_owes_no_answer(agent: Actor) -> None:
    ticket = opened(resolutions=1)
    TicketClock.objects.all().delete()
    clocks.reopened(ticket, agent, NOW)
    assert states(ticket) == {}
    ticket.resolved_at, ticket.last_incoming_at = NOW, NOW + MINUTE
    clocks.reopened(ticket, agent, NOW + MINUTE)  # an agent wrote down what the customer said
    assert states(ticket) == {"next_response": "running"}


def test_the_customer_of_a_merged_ticket_waits_on_in_the_other(agent: Actor) -> None:
    kept, merged = opened(), opened()
    clocks.person_answered(kept, NOW + MINUTE, agent, NOW + MINUTE)
    clocks.merged(merged, kept, agent, NOW + 2 * MINUTE)
    assert (states(merged), clock(merged).end_reason) == ({"first_response": "ended"}, "merged")
    assert clock(kept, ClockKind.NEXT_RESPONSE).due_at == NOW + 30 * MINUTE


def test_a_late_first_answer_stays_late_when_the_next_one_is_quick(agent: Actor) -> None:
    ticket = opened()
    clocks.person_answered(ticket, NOW + 31 * MINUTE, agent, NOW + 31 * MINUTE)
    clocks.customer_wrote(ticket, NOW + 40 * MINUTE, SYSTEM, NOW + 40 * MINUTE)
    clocks.person_answered(ticket, NOW + 41 * MINUTE, agent, NOW + 41 * MINUTE)
    assert states(ticket) == {"first_response": "late", "next_response": "met"}
    assert Event.objects.get(type="ticket.sla_breached").data["clock"] == "first_response"


def test_a_test_ticket_has_no_clocks() -> None:
    ticket = opened(is_test=True)
    clocks.customer_wrote(ticket, NOW, SYSTEM, NOW)
    clocks.reopened(ticket, SYSTEM, NOW)
    assert states(ticket) == {}
    assert WorkItem.objects.count() == 0


def test_put_right_it_counts_by_what_it_is(agent: Actor) -> None:
    ticket = opened()
    ticket.stage = Stage.AFTER_SALE
    clocks.classified(ticket, agent, NOW + MINUTE)
    assert clock(ticket, ClockKind.SOLUTION).due_at == NOW + MINUTE + 48 * HOUR
