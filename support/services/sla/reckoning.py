"""Reckoning one clock: its target, its due time, its next step, its pauses."""

from datetime import datetime

from support.enums.sla import ClockKind
from support.models import Ticket, TicketClock
from support.queries.sla.basis import Basis
from support.queries.sla.counting import counting, pauses_of
from support.rules.sla.calculator import MILLISECOND, Reckoning
from support.rules.sla.ladder import step_at
from support.rules.sla.policies import Policy

LIVE = frozenset({ClockKind.ACK, ClockKind.FIRST_RESPONSE_LIVE})


def new_clock(ticket: Ticket, kind: ClockKind, policy: Policy, *, started_at: datetime, basis: Basis) -> TicketClock:
    """A running clock, not yet written."""
    row = TicketClock(
        ticket=ticket, kind=kind, episode=ticket.resolutions, policy_id=policy.id, target_ms=0, started_at=started_at
    )
    reckon(row, policy, basis)
    return row


def promise_clock(ticket: Ticket, *, started_at: datetime, due_at: datetime, basis: Basis) -> TicketClock:
    """A clock to a promised moment: it runs around the clock and is never paused. SOP: S9"""
    target = (due_at - started_at) // MILLISECOND
    row = TicketClock(
        ticket=ticket,
        kind=ClockKind.PROMISE,
        episode=ticket.resolutions,
        target_ms=target,
        started_at=started_at,
        due_at=due_at,
    )
    row.next_step_at = next_step(row, counting(row, {}, basis), basis)
    return row


def reckon(row: TicketClock, policy: Policy, basis: Basis) -> None:
    """Set target, due time and next step by a policy; what is paused has no next step."""
    counts = policy.reckoning(row.kind, basis.days)
    row.policy_id, row.target_ms = policy.id, counts.target(row.started_at)
    row.due_at = counts.after(row.started_at, row.target_ms, pauses_of(row))
    row.next_step_at = None if row.paused_at else next_step(row, counts, basis)


def next_step(row: TicketClock, counts: Reckoning, basis: Basis) -> datetime | None:
    """The moment of the next escalation step."""
    return step_at(
        counts,
        started_at=row.started_at,
        target=row.target_ms,
        percents=basis.ladder.steps(row.kind),
        taken=row.steps_taken,
        pauses=pauses_of(row),
    )


def end_pause(row: TicketClock, now: datetime) -> None:
    """Note the pause that ends now."""
    if row.paused_at and row.paused_at < now:
        row.pauses = [*row.pauses, [row.paused_at.isoformat(), now.isoformat()]]
        row.paused_ms += (now - row.paused_at) // MILLISECOND
    row.paused_at = None
