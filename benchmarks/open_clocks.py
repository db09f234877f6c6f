"""How much longer the minute sweep of tickets' clocks takes when many more clocks are open: what is not due costs nothing."""

import time
from datetime import datetime, timedelta
from statistics import median

from benchmarks.copying import PUBLIC, bare_tables, copy
from opsdesk.accounts.services import sync_roles
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from opsdesk.shops.models import Shop
from support.models import Ticket, TicketClock
from support.services.sla.clocks import ticket_opened
from support.services.sla.recompute import recompute_if_changed
from support.tasks.sla import sweep
from tests.builders import a_shop
from tests.builders.tickets import a_ticket

SMALL, REPEATS, DUE = 1_000, 7, 20
DAY, AGO = timedelta(days=1), timedelta(minutes=16)
TABLES = ["support_ticket", "support_ticketclock"]


def measure(top: int) -> None:
    """Fill, sweep, fill further, sweep again; print both with their ratio."""
    sync_roles()
    a_shop()
    now = clock.now()
    ticket_opened(a_ticket(opened_at=now), SYSTEM, now)
    TicketClock.objects.update(due_at=now + DAY, next_step_at=now + DAY)
    found = []
    for first, size in ((1_000_000, SMALL), (2_000_000, top - SMALL)):
        with bare_tables(TABLES):
            number = "'B' || lpad(g::text, 9, '0')"
            copy("support_ticket", {"public_id": PUBLIC, "number": number}, first, first + size - 1)
            copy("support_ticketclock", {"public_id": PUBLIC, "ticket_id": "t.ticket_id + g"}, first, first + size - 1)
        found.append((_sweeps(due=0), _sweeps(due=DUE)))
    (idle, busy), (idle_many, busy_many) = found
    override(code="support.response_time", value=45, reason="benchmark", actor=SYSTEM, now=clock.now())
    forget_cached()
    start = time.perf_counter()
    moved = recompute_if_changed(now=clock.now())
    print(f"{moved:,} clocks reckoned anew in {time.perf_counter() - start:.0f} s")
    print(f"{'':32} {SMALL:>9,} {top:>9,}   ratio")
    print(f"{'sweep with nothing due':32} {idle:8.1f}  {idle_many:8.1f} ms  {idle_many / idle:5.2f}")
    print(f"{f'sweep with {DUE} steps due':32} {busy:8.1f}  {busy_many:8.1f} ms  {busy_many / busy:5.2f}")
    open_rows = TicketClock.objects.filter(met_at=None, ended_at=None).count()
    print(f"{open_rows:,} open clocks of {Ticket.objects.count():,} tickets")


def _sweeps(*, due: int) -> float:
    """The median of some sweeps in milliseconds."""
    took = []
    for _ in range(REPEATS):
        now = clock.now()
        for _ in range(due):
            _open(now - AGO)
        start = time.perf_counter()
        sweep(now=now)
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


def _open(at: datetime) -> None:
    ticket_opened(a_ticket(opened_at=at, shop=Shop.objects.get()), SYSTEM, at)
