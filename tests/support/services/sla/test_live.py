"""The clock of ten seconds: Redis wakes, the row decides, and an empty Redis is filled again from the rows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from opsdesk.celery import app
from opsdesk.common.actors import SYSTEM
from opsdesk.duties import alarms
from opsdesk.duties.tasks import ring
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.enums.tickets import Channel
from support.models import Ticket, TicketClock
from support.services.sla import clocks
from support.services.sla.live import ALARM
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.kit.duties import run

MS, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)
LIVE = "first_response_live"


@pytest.fixture(autouse=True)
def empty(db: None) -> Iterator[None]:
    a_shop()
    alarms._redis().delete(f"alarms:{ALARM}")
    yield
    alarms._redis().delete(f"alarms:{ALARM}")
    app.control.purge()


def opened(capture: Any, **columns: Any) -> Ticket:
    ticket = a_ticket(channel=Channel.CHAT, **columns)
    with capture(execute=True):
        clocks.ticket_opened(ticket, SYSTEM, NOW)
    return ticket


def noted() -> dict[str, float]:
    rows: Any = alarms._redis().zrange(f"alarms:{ALARM}", 0, -1, withscores=True)
    return dict(rows)


def key(ticket: Ticket, kind: str) -> str:
    return str(TicketClock.objects.get(ticket=ticket, kind=kind).public_id)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def test_a_new_conversation_is_noted_to_the_millisecond_and_forgotten_when_answered(
    django_capture_on_commit_callbacks: Any,
) -> None:
    ticket = opened(django_capture_on_commit_callbacks)
    expected = {
        key(ticket, "ack"): milliseconds(NOW + 10 * SECOND),
        key(ticket, LIVE): milliseconds(NOW + 5 * SECOND),
    }
    assert noted() == expected
    with django_capture_on_commit_callbacks(execute=True):
        clocks.person_answered(ticket, NOW + SECOND, SYSTEM, NOW + SECOND)
    assert noted() == {}


def test_a_wake_takes_the_step_that_is_due_and_waits_for_the_next(clock: Any, django_capture_on_commit_callbacks: Any) -> None:
    ticket = opened(django_capture_on_commit_callbacks)
    clock.move_to(NOW + 5 * SECOND)
    assert ring(ALARM) == 0
    clock.move_to(NOW + 5 * SECOND + MS)
    with django_capture_on_commit_callbacks(execute=True):
        assert ring(ALARM) == 1
    assert WorkItem.objects.get().kind == "support.answer"
    assert noted()[key(ticket, LIVE)] == milliseconds(NOW + 8 * SECOND)
    clock.move_to(NOW + 10 * SECOND + MS)
    with django_capture_on_commit_callbacks(execute=True):
        assert ring(ALARM) == 3
        assert ring(ALARM) == 0
    row = TicketClock.objects.get(kind=LIVE)
    assert (row.breached_at, row.seen_at) == (NOW + 10 * SECOND, NOW + 10 * SECOND + MS)
    assert Event.objects.filter(type="ticket.sla_breached").count() == 2
    assert noted() == {key(ticket, LIVE): milliseconds(NOW + 15 * SECOND)}


def test_a_wiped_redis_is_filled_from_the_rows(django_capture_on_commit_callbacks: Any) -> None:
    ticket = opened(django_capture_on_commit_callbacks)
    alarms._redis().delete(f"alarms:{ALARM}")
    run("support.sweep_clocks", NOW + SECOND)
    assert noted() == {
        key(ticket, "ack"): milliseconds(NOW + 10 * SECOND),
        key(ticket, LIVE): milliseconds(NOW + 5 * SECOND),
    }


def test_without_redis_a_conversation_begins_all_the_same_and_the_sweep_notes_the_breach(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    alarms._redis.cache_clear()
    try:
        opened(django_capture_on_commit_callbacks)
        assert alarms.due_members(ALARM, NOW + SECOND) == []
        alarms.drop_alarms(ALARM, ["x"])
        run("support.sweep_clocks", NOW + 10 * SECOND + MS)
    finally:
        alarms._redis.cache_clear()
    assert TicketClock.objects.get(kind=LIVE).breached_at == NOW + 10 * SECOND
