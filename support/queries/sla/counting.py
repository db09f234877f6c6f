"""What a clock that runs counts by, in the version that it keeps."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from opsdesk.workcalendar.enums import DayType
from support.enums.sla import ClockKind
from support.models import TicketClock
from support.queries.sla.basis import Basis
from support.rules.sla.calculator import Reckoning
from support.rules.sla.hours import AROUND_THE_CLOCK, Span


def counting(row: TicketClock, facts: Mapping[str, str], holds: Basis) -> Reckoning:
    """The reckoning of a clock; a promise runs around the clock."""
    days = holds.days
    kept: dict[str, int] = {DayType.WORKDAY: row.target_ms}
    if row.kind == ClockKind.PROMISE:
        return Reckoning(kept, AROUND_THE_CLOCK, days)
    policy = holds.kept(row.policy, facts)
    if row.kind not in policy.targets:  # an acknowledgement that was measured when it began
        return Reckoning(kept, policy.hours, days)
    return policy.reckoning(row.kind, days)


def pauses_of(row: TicketClock) -> Sequence[Span]:
    """The pauses that are over."""
    return [(datetime.fromisoformat(off), datetime.fromisoformat(on)) for off, on in row.pauses]
