"""The work that clocks make: to answer, to solve, to keep a promise."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.inbox.services import Work, raise_many, resolve
from support.enums.sla import ClockKind
from support.models import Ticket, TicketClock
from support.rules.sla.policies import RESPONSES

ANSWER, SOLVE, KEEP = "support.answer", "support.solve", "support.keep_promise"
KIND_OF = dict.fromkeys(RESPONSES, ANSWER) | {ClockKind.SOLUTION: SOLVE, ClockKind.PROMISE: KEEP}
SUBJECT = "ticket"


def raise_for(rows: Iterable[TicketClock], *, now: datetime) -> None:
    """Raise the work of clocks: the assignee's if there is one; what is open already stays."""
    raise_many([_work(row) for row in rows if row.kind in KIND_OF], now=now)


def finish(rows: Sequence[TicketClock], outcome: str, *, actor: Actor, now: datetime) -> None:
    """Close the work that these clocks of one ticket have raised."""
    kinds = {KIND_OF[ClockKind(row.kind)] for row in rows if row.steps_taken and row.kind in KIND_OF}
    for kind in sorted(kinds):
        resolve(kind=kind, subject_ids=[rows[0].ticket.public_id], outcome=outcome, actor=actor, now=now)


def _work(row: TicketClock) -> Work:
    ticket: Ticket = row.ticket
    return Work(
        kind=KIND_OF[ClockKind(row.kind)],
        subject_kind=SUBJECT,
        subject_id=ticket.public_id,
        due_at=row.due_at,
        shop_id=ticket.shop_id,
        params={"number": ticket.number},
        owner_id=ticket.assignee_id,
        climbs=False,
    )
