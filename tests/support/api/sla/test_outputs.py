"""The clocks of tickets as REST answers them."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.common.actors import SYSTEM
from support.api.sla import clock_outputs
from support.enums.tickets import Channel, Stage
from support.services.sla import clocks
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket

MS, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)


def test_a_clock_is_answered_as_it_stands_at_that_moment(db: None, django_assert_num_queries: Any) -> None:
    a_shop()
    ticket, other = a_ticket(channel=Channel.CHAT, stage=Stage.AFTER_SALE), a_ticket()
    for one in (ticket, other):
        clocks.ticket_opened(one, SYSTEM, NOW)
    clocks.bot_answered(ticket, NOW + SECOND, SYSTEM, NOW + SECOND)
    with django_assert_num_queries(1):
        found = clock_outputs([ticket.pk, other.pk], now=NOW + 10 * SECOND)
    states = {row.kind: row.state for row in found[ticket.pk]}
    assert states == {"ack": "met", "first_response": "running", "first_response_live": "running", "solution_48h": "running"}
    assert [row.kind for row in found[other.pk]] == ["first_response"]
    late = {row.kind: row for row in clock_outputs([ticket.pk], now=NOW + 10 * SECOND + MS)[ticket.pk]}
    live = late["first_response_live"]
    assert (live.state, live.breached_at, live.target_ms, live.policy) == ("breached", NOW + 10 * SECOND, 10_000, "standard")
    assert live.model_dump(mode="json")["due_at"].startswith("2026-06-11T")


@pytest.mark.django_db
def test_no_tickets_have_no_clocks() -> None:
    assert clock_outputs([], now=NOW) == {}
