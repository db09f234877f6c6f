"""The clocks of tickets as REST answers them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from opsdesk.doors.api.fields import Instant, Output
from support.models import TicketClock
from support.queries.sla.clocks import of_tickets, state_at


class ClockOutput(Output):
    """One deadline: when it is due and how it stands at the moment of the answer. Times are in milliseconds.

    States: running, paused, met, late, breached, ended.
    """

    kind: str
    episode: int
    state: str
    started_at: Instant
    due_at: Instant
    target_ms: int
    paused_ms: int
    paused_at: Instant | None
    met_at: Instant | None
    breached_at: Instant | None
    policy: str


def clock_outputs(ticket_ids: Iterable[int], *, now: datetime) -> dict[int, list[ClockOutput]]:
    """The clocks of some tickets by the ticket's key, with one statement. A clock whose time has passed is answered as
    breached, noted or not.

    SOP: S3, S4a, S4b, S8, S9
    """
    found: dict[int, list[ClockOutput]] = defaultdict(list)
    for row in of_tickets(ticket_ids).select_related("policy"):
        found[row.ticket_id].append(_output(row, now))
    return found


def _output(row: TicketClock, now: datetime) -> ClockOutput:
    state = state_at(row, now)
    return ClockOutput(
        kind=row.kind,
        episode=row.episode,
        state=state,
        started_at=row.started_at,
        due_at=row.due_at,
        target_ms=row.target_ms,
        paused_ms=row.paused_ms,
        paused_at=row.paused_at,
        met_at=row.met_at,
        breached_at=row.breached_at or (row.due_at if state == "breached" else None),
        policy=str(row.policy) if row.policy else "standard",
    )
