"""The steps of escalation, and the shift in which people are told of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from support.enums.sla import ClockKind
from support.rules.sla.calculator import Reckoning
from support.rules.sla.hours import DAY, Span, day_of, midnight

BREACH = 100  # percent of the time: the due time itself


@dataclass(frozen=True)
class Ladder:
    """At which percent of the time work is raised, the desk is warned and the manager is told."""

    work: int
    warn: int
    manager: int

    def steps(self, kind: str) -> tuple[int, ...]:
        """The percents of a clock. An acknowledgement has only its due time: the answer itself is escalated.

        SOP: S3, S4a
        """
        return (BREACH,) if kind == ClockKind.ACK else (self.work, self.warn, BREACH, self.manager)


def step_at(
    reckoning: Reckoning, *, started_at: datetime, target: int, percents: Sequence[int], taken: int, pauses: Sequence[Span]
) -> datetime | None:
    """The moment of the next step in open time, None after the last one."""
    if taken >= len(percents):
        return None
    return reckoning.after(started_at, target * percents[taken] // 100, pauses)


@dataclass(frozen=True)
class Shift:
    """The hours of the day in which people are told, in Shanghai; half open."""

    first: timedelta
    last: timedelta

    def covers(self, moment: datetime) -> bool:
        """True inside the shift."""
        start, end = self.of(moment)
        return start <= moment < end

    def of(self, moment: datetime) -> Span:
        """The shift of the day, or before its beginning that of the day before."""
        begin = midnight(day_of(moment))
        if moment < begin + self.first:
            begin -= DAY
        return begin + self.first, begin + self.last
