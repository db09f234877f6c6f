"""An answer and the sweeps at the same moment: the breach is told once, and nobody waits for the other for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from opsdesk.common.actors import SYSTEM
from opsdesk.common.locking import lock_one
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from support.models import Ticket, TicketClock
from support.services.sla import clocks, escalation
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.support.services.sla.test_clocks import MINUTE

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
TICKETS, SWEEPS = 10, 3
LATE = NOW + 31 * MINUTE


def test_a_breach_is_told_once_whoever_sees_it_first() -> None:
    a_shop()
    tickets = [a_ticket() for _ in range(TICKETS)]
    for ticket in tickets:
        clocks.ticket_opened(ticket, SYSTEM, NOW)
    start = Barrier(TICKETS + SWEEPS)

    def answer(ticket: Ticket) -> None:
        start.wait()
        try:
            with transaction.atomic():
                locked = lock_one(Ticket.objects.select_related("shop").filter(pk=ticket.pk))
                clocks.person_answered(locked, LATE, SYSTEM, LATE)
        finally:
            connection.close()

    def sweep(_: int) -> None:
        start.wait()
        try:
            escalation.take_steps(now=LATE)
        finally:
            connection.close()

    with ThreadPoolExecutor(TICKETS + SWEEPS) as pool:
        jobs = [pool.submit(answer, ticket) for ticket in tickets] + [pool.submit(sweep, n) for n in range(SWEEPS)]
        for job in jobs:
            job.result(timeout=60)

    rows = TicketClock.objects.all()
    assert {row.state for row in rows} == {"late"}
    assert Event.objects.filter(type="ticket.sla_breached").count() == TICKETS
    assert WorkItem.objects.filter(closed_at=None).count() == 0
