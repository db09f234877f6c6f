"""The clock of ten seconds with a real worker and a real Redis, which may lose everything."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from opsdesk.celery import app
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.duties import alarms
from opsdesk.parameters.services import override
from support.enums.tickets import Channel
from support.models import Ticket, TicketClock
from support.services.sla import clocks
from support.services.sla.live import ALARM
from tests.builders import a_shop
from tests.builders.tickets import a_ticket
from tests.kit import servers
from tests.kit.waiting import until

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def two_seconds() -> None:
    a_shop()
    app.control.purge()
    alarms._redis().delete(f"alarms:{ALARM}")
    now = clock.now()
    override(code="support.live_response", value=2, reason="a test that does not want to wait", actor=SYSTEM, now=now)


def opened() -> Ticket:
    with transaction.atomic():
        ticket = a_ticket(channel=Channel.CHAT, opened_at=clock.now())
        clocks.ticket_opened(ticket, SYSTEM, ticket.opened_at)
    return ticket


def live(ticket: Ticket) -> TicketClock:
    return TicketClock.objects.get(ticket=ticket, kind="first_response_live")


def noticed(row: TicketClock) -> timedelta:
    """How long after the breach somebody noted it."""
    assert isinstance(row.seen_at, datetime)
    return row.seen_at - row.due_at


def test_a_breach_is_noted_within_the_second_in_which_it_happens(log: Path) -> None:
    with servers.worker(log):
        ticket = opened()
        until(lambda: live(ticket).breached_at is not None)
    row = live(ticket)
    assert (row.breached_at, timedelta(0) < noticed(row) < SECOND) == (row.due_at, True)


def test_a_redis_that_lost_everything_is_filled_by_the_next_sweep(log: Path) -> None:
    ticket = opened()
    app.control.purge()
    alarms._redis().delete(f"alarms:{ALARM}")
    with servers.worker(log):
        app.send_task("duties.run", args=["support.sweep_clocks"])
        until(lambda: live(ticket).breached_at is not None)
    assert live(ticket).breached_at == live(ticket).due_at
