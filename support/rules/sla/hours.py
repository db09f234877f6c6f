"""Working time: several time frames a day, by weekday and kind of day. Pure.

A frame is half open: its first minute counts, its end does not. Days are days of Asia/Shanghai.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from opsdesk.workcalendar.enums import DayType

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
MINUTES = 24 * 60
HORIZON = 400  # days in which a clock must come to its end
EVERY_DAY = "*"
Frames = tuple[tuple[int, int], ...]
Span = tuple[datetime, datetime]
Days = Callable[[date], DayType]
WHOLE_DAY: Frames = ((0, MINUTES),)


@dataclass(frozen=True)
class Hours:
    """Frames in minutes of the day by kind of day and weekday ("0" is Monday, "*" every other one)."""

    frames: Mapping[str, Mapping[str, Frames]]

    def of(self, day: date, kind: DayType) -> Frames:
        """The frames of one day."""
        week = self.frames.get(kind, {})
        return week.get(str(day.weekday()), week.get(EVERY_DAY, ()))


AROUND_THE_CLOCK = Hours({kind: {EVERY_DAY: WHOLE_DAY} for kind in DayType})


def midnight(day: date) -> datetime:
    """The beginning of a day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The Shanghai day of a moment."""
    return moment.astimezone(SHANGHAI).date()


def open_spans(start: datetime, *, hours: Hours, days: Days, horizon: int = HORIZON) -> Iterator[Span]:
    """The open time from a moment on, in order; around the clock it is one span."""
    first = day_of(start)
    if hours is AROUND_THE_CLOCK:
        yield start, midnight(first + horizon * DAY)
        return
    for number in range(horizon):
        day = first + number * DAY
        begin = midnight(day)
        for opens, closes in hours.of(day, days(day)):
            span = (max(begin + timedelta(minutes=opens), start), begin + timedelta(minutes=closes))
            if span[0] < span[1]:
                yield span


def without(spans: Iterable[Span], pauses: Iterable[Span]) -> Iterator[Span]:
    """The spans without what lies in a pause; pauses are half open and may overlap."""
    holes = sorted(pauses)
    for start, end in spans:
        for off, on in holes:
            if start < off < end:
                yield start, off
            if off < end and start < on:
                start = max(start, min(on, end))
        if start < end:
            yield start, end
