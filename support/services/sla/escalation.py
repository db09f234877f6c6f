"""The steps of escalation: work, a warning, the breach, the manager. Each once an episode; nobody is told at midnight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.notifications.services import Message, Telling, tell_roles
from support.enums.sla import ClockKind
from support.models import Ticket, TicketClock
from support.queries.sla import clocks as queries
from support.queries.sla.basis import Basis, basis, facts_of, shift
from support.queries.sla.counting import counting
from support.rules.sla.ladder import BREACH
from support.services.sla import work
from support.services.sla.breaches import KIND, note_breaches, write
from support.services.sla.live import watch
from support.services.sla.reckoning import LIVE, next_step

BATCH = 500
DIGEST = 5000
TEXTS = {
    ClockKind.FIRST_RESPONSE_LIVE: mark("the first answer in a conversation"),
    ClockKind.FIRST_RESPONSE: mark("the first answer"),
    ClockKind.NEXT_RESPONSE: mark("the next answer"),
    ClockKind.SOLUTION: mark("the solution"),
    ClockKind.PROMISE: mark("what was promised"),
}


@dataclass(frozen=True)
class Step:
    """One step of one clock that is taken now."""

    row: TicketClock
    number: int
    percent: int


def take_steps(*, now: datetime, live: bool = False) -> int:
    """Take every step that is due, a batch a transaction; returns how many. Running it again changes nothing.

    SOP: S3, S4a, S8, S9
    """
    steps = 0
    while found := _take_batch(now, live):
        steps += found
    return steps


def tell_digest(*, now: datetime) -> int:
    """Inside the shift, tell in one notice a desk what was left untold outside it; returns how many clocks. SOP: S4a"""
    told = 0
    while shift().covers(now) and (found := _digest_batch(now)):
        told += found
    return told


@transaction.atomic(savepoint=False)
def _take_batch(now: datetime, live: bool) -> int:
    """Locks tickets before clocks, as everybody does."""
    found = queries.due_steps(now, live=live).order_by("next_step_at").values_list("ticket_id", flat=True)[:BATCH]
    tickets = {row.pk: row for row in lock_many(Ticket.objects.filter(pk__in=list(found)).select_related("shop"))}
    rows = lock_many(queries.due_steps(now, live=live).filter(ticket__in=tickets).select_related("policy"))
    if not rows:
        return 0
    holds, steps = basis(now), []
    for row in rows:
        row.ticket = tickets[row.ticket_id]
        steps += _steps(row, holds, now)
    note_breaches(rows, at=now, now=now)
    work.raise_for([step.row for step in steps if step.number == 1 and step.percent < BREACH], now=now)
    _tell(steps, now)
    write(rows)
    watch(rows)
    return len(steps)


def _steps(row: TicketClock, holds: Basis, now: datetime) -> list[Step]:
    """The steps of a clock that are due, taken."""
    counts, percents, taken = (
        counting(row, facts_of(row.ticket, row.ticket.shop.code), holds),
        holds.ladder.steps(row.kind),
        [],
    )
    while row.next_step_at and row.next_step_at < now:
        row.steps_taken += 1
        taken.append(Step(row, row.steps_taken, percents[row.steps_taken - 1]))
        row.next_step_at = next_step(row, counts, holds)
    return taken


def _tell(steps: Sequence[Step], now: datetime) -> None:
    """Live clocks are told of at any hour, the others inside the shift; outside they wait for the digest."""
    awake, tellings = shift().covers(now), []
    for step in steps:
        if step.row.kind not in TEXTS or step.number == 1:
            continue
        if awake or step.row.kind in LIVE:
            tellings.append(_telling(step))
        else:
            step.row.to_tell = True
    tell_roles(tellings, now=now)


def _telling(step: Step) -> Telling:
    row, ticket = step.row, step.row.ticket
    if step.percent < BREACH:
        text, role = mark("Ticket %(number)s: %(what)s is due soon."), Role.CUSTOMER_SERVICE
    elif step.percent == BREACH:
        text, role = mark("Ticket %(number)s: %(what)s is overdue."), Role.OPERATIONS_SUPERVISOR
    else:
        text, role = mark("Ticket %(number)s: %(what)s is long overdue."), Role.OPERATIONS_MANAGER
    message = Message(
        kind="support.sla",
        key=f"{row.public_id}:{step.number}",
        text=text,
        subject_kind=KIND,
        subject_id=ticket.public_id,
        params={"number": ticket.number, "what": {"message": TEXTS[ClockKind(row.kind)], "params": {}}},
    )
    return Telling(message, role, ticket.shop_id, ticket.assignee_id if role is Role.CUSTOMER_SERVICE else None)


@transaction.atomic(savepoint=False)
def _digest_batch(now: datetime) -> int:
    rows = lock_many(TicketClock.objects.filter(to_tell=True).select_related("ticket"), limit=DIGEST)
    late: dict[int, int] = {}
    soon: dict[int, int] = {}
    for row in rows:
        if row.is_open:
            desk = late if row.breached_at else soon
            desk[row.ticket.shop_id] = desk.get(row.ticket.shop_id, 0) + 1
    tellings = []
    for shop_id in sorted(late.keys() | soon.keys()):
        message = Message(
            kind="support.sla_digest",
            key=f"sla:{shop_id}:{now.isoformat()}",
            text=mark("While nobody was told: %(late)s answers or solutions became overdue, %(soon)s are due soon."),
            params={"late": late.get(shop_id, 0), "soon": soon.get(shop_id, 0)},
        )
        tellings += [Telling(message, role, shop_id) for role in (Role.CUSTOMER_SERVICE, Role.OPERATIONS_SUPERVISOR)]
    tell_roles(tellings, now=now)
    TicketClock.objects.filter(pk__in=[row.pk for row in rows]).update(to_tell=False)
    return len(rows)
