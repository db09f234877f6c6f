"""Open clocks are reckoned anew when a policy, a number of the SOP or the calendar has changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM
from opsdesk.common.locking import lock_many
from opsdesk.inbox.services import move_due
from support.enums.sla import ClockKind
from support.models import SlaBasis, Ticket, TicketClock
from support.queries.sla.basis import Basis, basis, facts_of, fingerprint
from support.queries.sla.clocks import OPEN
from support.services.sla.breaches import write
from support.services.sla.live import watch
from support.services.sla.reckoning import reckon
from support.services.sla.work import KIND_OF, SUBJECT

BATCH = 500
STALE_AFTER = timedelta(minutes=6)  # longer than a task may run
RECKONED = ("policy", "target_ms", "due_at", "next_step_at")


@dataclass(frozen=True)
class Moved:
    """A clock whose due time changes."""

    row: TicketClock
    before: datetime


def recompute_if_changed(*, now: datetime) -> int:
    """Reckon every open clock anew when what they are reckoned by is not what it was; returns how many have moved.

    Clocks that are overdue already stay as they are. One run works at a time; one that was cut off is begun again.
    SOP: S4a, S4b
    """
    found = fingerprint(now)
    last, made = SlaBasis.objects.get_or_create(pk=1, defaults={"fingerprint": found, "reckoned_at": now})
    if made or last.fingerprint == found or not _claim(now):
        return 0
    moved = _recompute(now)
    SlaBasis.objects.filter(pk=1).update(fingerprint=found, reckoned_at=now, claimed_at=None)
    return moved


def _claim(now: datetime) -> bool:
    """True for the one who may reckon: nobody else does, or whoever did has died."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - STALE_AFTER)
    return bool(SlaBasis.objects.filter(free, pk=1).update(claimed_at=now))


def _recompute(now: datetime) -> int:
    holds, moved, after = basis(now), 0, 0
    while True:
        ids = list(
            TicketClock.objects.filter(OPEN, pk__gt=after, breached_at=None)
            .exclude(kind=ClockKind.PROMISE)
            .order_by("pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        if not ids:
            return moved
        moved, after = moved + _batch(ids, holds, now), ids[-1]


@transaction.atomic(savepoint=False)
def _batch(ids: list[int], holds: Basis, now: datetime) -> int:
    open_rows = TicketClock.objects.filter(OPEN, pk__in=ids, breached_at=None)
    tickets = Ticket.objects.filter(pk__in=open_rows.values("ticket")).select_related("shop")
    known = {row.pk: row for row in lock_many(tickets)}
    rows = lock_many(open_rows.filter(ticket__in=known))
    for row in rows:
        row.ticket = known[row.ticket_id]
    moved = apply(rows, holds)
    write([one.row for one in moved], RECKONED)
    record_many([_change(one) for one in moved], actor=SYSTEM, now=now)
    for one in moved:
        if one.row.steps_taken and one.row.kind in KIND_OF:
            kind, subject = KIND_OF[ClockKind(one.row.kind)], one.row.ticket.public_id
            move_due(kind=kind, subject_id=subject, due_at=one.row.due_at, climbs=False)
    watch([one.row for one in moved])
    return len(moved)


def apply(rows: list[TicketClock], holds: Basis) -> list[Moved]:
    """Reckon clocks by what holds, in memory; returns those that move."""
    moved = []
    for row in rows:
        policy = holds.policy_for(facts_of(row.ticket, row.ticket.shop.code))
        before = (row.due_at, row.policy_id, row.target_ms, row.next_step_at)
        if row.kind in policy.targets:
            reckon(row, policy, holds)
        if before != (row.due_at, row.policy_id, row.target_ms, row.next_step_at):
            moved.append(Moved(row, before[0]))
    return moved


def _change(one: Moved) -> Change:
    after = {"due_at": one.row.due_at.isoformat(), "clock": one.row.kind, "target_ms": one.row.target_ms}
    before = {"due_at": one.before.isoformat()}
    return Change("support.clock_recomputed", SUBJECT, one.row.ticket.public_id, before=before, after=after)
