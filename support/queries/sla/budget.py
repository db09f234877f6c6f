"""The average answer of the present shift, desk by desk, with the rows behind it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from opsdesk.common.actors import Actor
from opsdesk.parameters.queries import value
from support.enums.sla import BudgetDesk, ClockKind
from support.models import TicketClock
from support.parameters.sla import RESPONSE_TIME
from support.queries.sla.basis import basis, facts_of, shift
from support.queries.sla.clocks import OPEN, visible_to
from support.queries.sla.counting import counting, pauses_of
from support.rules.sla.budget import Budget
from support.rules.sla.calculator import MILLISECOND

ANSWERS = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)
MOST_WAITING = 2000
MOST_ROWS = 200
_KEY = {BudgetDesk.SHOP: ("ticket__shop_id", "ticket__shop__code"), BudgetDesk.TEAM: ("ticket__team_id", "ticket__team__name")}


@dataclass(frozen=True)
class Waiting:
    """A clock that nobody has answered, and the open milliseconds that it has waited."""

    clock: TicketClock
    spent: int


@dataclass(frozen=True)
class DeskBudget:
    """A desk with its budget and the ticket that hurts it most."""

    key: str
    name: str
    budget: Budget
    worst: Waiting | None


def desks(by: BudgetDesk, *, actor: Actor, now: datetime) -> list[DeskBudget]:
    """The budgets of all desks that have answered or wait, those that are worst off first, in a fixed number of statements.

    SOP: S4a
    """
    key, name = _KEY[by]
    sums = _answered(actor, now).values(key, name).annotate(count=Count("pk"), spent=Sum("spent_ms"))
    told = {row[key]: (row[name], row["count"], row["spent"]) for row in sums}
    held: dict[int | None, list[Waiting]] = defaultdict(list)
    for one in waiting(actor=actor, now=now):
        held[_desk_of(one.clock, by)[0]].append(one)
        told.setdefault(_desk_of(one.clock, by)[0], (_desk_of(one.clock, by)[1], 0, 0))
    target = value(RESPONSE_TIME) // MILLISECOND
    found = []
    for desk, (called, count, spent) in told.items():
        queue = held[desk]
        budget = Budget(count, spent, [one.spent for one in queue], target)
        found.append(DeskBudget(str(desk or ""), called or "", budget, max(queue, key=lambda one: one.spent, default=None)))
    return sorted(found, key=lambda one: (-(one.budget.forecast or 0), one.name))


def waiting(*, actor: Actor, now: datetime) -> list[Waiting]:
    """The clocks that wait for a person's answer now, the longest first. Paused ones wait for the customer."""
    rows = visible_to(actor).filter(OPEN, kind__in=ANSWERS, paused_at=None)
    found = rows.select_related("ticket__shop", "ticket__team", "policy").order_by("due_at")[:MOST_WAITING]
    holds = basis(now)
    waited = []
    for row in found:
        counts = counting(row, facts_of(row.ticket, row.ticket.shop.code), holds)
        waited.append(Waiting(row, counts.spent(row.started_at, now, pauses_of(row))))
    return sorted(waited, key=lambda one: -one.spent)


def waiting_of(by: BudgetDesk, key: str, *, actor: Actor, now: datetime) -> list[Waiting]:
    """Those who wait at one desk, the longest first."""
    return [one for one in waiting(actor=actor, now=now) if str(_desk_of(one.clock, by)[0] or "") == key]


def answered_rows(by: BudgetDesk, key: str, *, actor: Actor, now: datetime) -> Sequence[TicketClock]:
    """The answers of a desk in this shift, the slowest first: the rows behind its average."""
    column = _KEY[by][0]
    rows = _answered(actor, now).filter(**{column: int(key) if key.isdecimal() else None})
    return list(rows.select_related("ticket").order_by("-spent_ms")[:MOST_ROWS])


def _answered(actor: Actor, now: datetime) -> QuerySet[TicketClock]:
    start, _ = shift().of(now)
    return visible_to(actor).filter(kind__in=ANSWERS, met_at__gte=start, met_at__lte=now)


def _desk_of(clock: TicketClock, by: BudgetDesk) -> tuple[int | None, str]:
    ticket = clock.ticket
    if by is BudgetDesk.SHOP:
        return ticket.shop_id, ticket.shop.code
    return ticket.team_id, ticket.team.name if ticket.team else ""
