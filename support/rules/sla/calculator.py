"""When a clock is due, and how much of its time is gone. Pure.

A holiday has another target; whether time passes on it is said by the frames of its kind of day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsdesk.workcalendar.enums import DayType
from support.rules.sla.hours import Days, Hours, Span, day_of, open_spans, without

MILLISECOND = timedelta(milliseconds=1)


class NeverOpen(ValueError):
    """The frames leave no time to answer in."""


@dataclass(frozen=True)
class Reckoning:
    """What a clock counts by: targets in milliseconds by kind of day, working time, and the kinds of days."""

    targets: Mapping[str, int]
    hours: Hours
    days: Days

    def target(self, started_at: datetime) -> int:
        """The target in milliseconds: that of the kind of day on which the clock begins to run.

        Raises: NeverOpen.
        SOP: S4a, S4b
        """
        return of_day(self.targets, self.days(day_of(self.begins(started_at))))

    def begins(self, started_at: datetime) -> datetime:
        """The first open moment from the start on. Raises: NeverOpen."""
        for start, _ in open_spans(started_at, hours=self.hours, days=self.days):
            return start
        raise NeverOpen

    def after(self, started_at: datetime, milliseconds: int, pauses: Iterable[Span] = ()) -> datetime:
        """The moment at which so much open time has passed. Raises: NeverOpen."""
        left = milliseconds * MILLISECOND
        for start, end in without(open_spans(started_at, hours=self.hours, days=self.days), pauses):
            if end - start >= left:
                return start + left
            left -= end - start
        raise NeverOpen

    def spent(self, started_at: datetime, until: datetime, pauses: Iterable[Span] = ()) -> int:
        """The milliseconds of open time between two moments, pauses left out."""
        horizon = (day_of(until) - day_of(started_at)).days + 1
        spans = open_spans(started_at, hours=self.hours, days=self.days, horizon=horizon)
        found = (min(end, until) - start for start, end in without(spans, pauses) if start < until)
        return sum(found, timedelta()) // MILLISECOND


def of_day(targets: Mapping[str, int], kind: DayType) -> int:
    """The target of a kind of day; one without a target of its own has that of working days."""
    return targets[kind if kind in targets else DayType.WORKDAY]


def is_late(*, due_at: datetime, now: datetime) -> bool:
    """True from the first moment after the due time on; an answer at the very due time is in time.

    SOP: S3
    """
    return now > due_at
