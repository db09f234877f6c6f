"""Named reads of clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from opsdesk.common.actors import Actor
from support.enums.sla import ClockKind, ClockState
from support.models import TicketClock
from support.models.sla import LIVE
from support.rules.sla.calculator import is_late

MOST_LIVE = 10_000
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
OPEN = Q(met_at=None, ended_at=None)


@dataclass(frozen=True)
class QueueState:
    """What the live desk looked like at one moment."""

    waiting: int
    started_before: int
    answered_before: int


def visible_to(actor: Actor) -> QuerySet[TicketClock]:
    """The clocks of the shops that the actor sees."""
    rows = TicketClock.objects.all()
    return rows if actor.shop_ids is None else rows.filter(ticket__shop__in=actor.shop_ids)


def open_of(ticket_id: int) -> QuerySet[TicketClock]:
    """The clocks of a ticket that run or are paused."""
    return TicketClock.objects.filter(OPEN, ticket=ticket_id).select_related("policy")


def of_tickets(ticket_ids: Iterable[int]) -> QuerySet[TicketClock]:
    """All clocks of some tickets, oldest first."""
    return TicketClock.objects.filter(ticket__in=list(ticket_ids)).order_by("id")


def next_due(ticket_ids: Iterable[int]) -> dict[int, datetime]:
    """When the next running clock of each ticket is due; one statement. SOP: S4a, S8"""
    rows = TicketClock.objects.filter(OPEN, ticket__in=list(ticket_ids), paused_at=None)
    return dict(rows.values_list("ticket").annotate(Min("due_at")))


def due_steps(now: datetime, *, live: bool = False) -> QuerySet[TicketClock]:
    """Open clocks of which a step of escalation is due."""
    rows = TicketClock.objects.filter(OPEN, next_step_at__lt=now)
    return rows.filter(kind__in=LIVE) if live else rows


def live_steps() -> dict[str, datetime]:
    """The next step of every live clock that waits for one, by public id."""
    rows = TicketClock.objects.filter(OPEN, kind__in=LIVE, next_step_at__isnull=False).order_by("next_step_at")
    return {key: step for key, step in rows.values_list("public_id", "next_step_at")[:MOST_LIVE] if step}


def queue_at(moment: datetime, *, shop_id: int) -> QueueState:
    """The conversations of a shop around a moment: how many waited for a person then, and what the hour before brought.

    SOP: S3
    """
    rows = TicketClock.objects.filter(kind=ClockKind.FIRST_RESPONSE_LIVE, ticket__shop=shop_id)
    hour = rows.filter(started_at__gt=moment - _HOUR, started_at__lte=moment)
    still = (Q(met_at=None) | Q(met_at__gt=moment)) & (Q(ended_at=None) | Q(ended_at__gt=moment))
    return QueueState(
        waiting=rows.filter(still, started_at__lte=moment, started_at__gt=moment - _DAY).count(),
        started_before=hour.count(),
        answered_before=hour.filter(met_at__lte=moment).count(),
    )


def state_at(row: TicketClock, now: datetime) -> ClockState:
    """How a clock stands at a moment: one whose time has passed is overdue before anybody has noted it. SOP: S3"""
    if row.is_open and row.paused_at is None and is_late(due_at=row.due_at, now=now):
        return ClockState.BREACHED
    return row.state
