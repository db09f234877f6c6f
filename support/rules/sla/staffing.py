"""How many agents an hour needs, and which day of last year a day is compared with. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opsdesk.workcalendar.enums import DayType

SAME_WEEKDAY = timedelta(days=364)
_OBSERVED = " (observed)"
HOUR = timedelta(hours=1)
PERCENT = 100


@dataclass(frozen=True)
class Rest:
    """Days off in a row, with the holidays that they are named after."""

    first: date
    last: date
    names: frozenset[str]


def rests(days: Iterable[tuple[date, DayType]], names: Mapping[date, str]) -> list[Rest]:
    """The runs of days off among days in order that have a holiday among them."""
    found: list[Rest] = []
    run: list[date] = []
    for day, kind in [*days, (date.max, DayType.WORKDAY)]:
        if kind in (DayType.HOLIDAY, DayType.WEEKEND):
            run.append(day)
            continue
        called = frozenset(names[one].removesuffix(_OBSERVED) for one in run if one in names)
        if called:
            found.append(Rest(run[0], run[-1], called))
        run = []
    return found


def comparable(day: date, now: Sequence[Rest], last_year: Sequence[Rest]) -> date:
    """The day of last year that a day is compared with: the same day of the same holiday, else the same weekday.

    A holiday that was shorter last year lends its last day.
    SOP: S20
    """
    for rest in now:
        if rest.first <= day <= rest.last:
            for other in last_year:
                if rest.names & other.names:
                    return min(other.first + (day - rest.first), other.last)
    return day - SAME_WEEKDAY


def expected(contacts: int, *, growth: int) -> int:
    """The contacts of an hour: last year's, and so many percent more, rounded up."""
    return -(-contacts * (PERCENT + growth) // PERCENT)


def agents_needed(contacts: int, *, handling: timedelta, occupancy: int) -> int:
    """The agents that so many contacts of an hour need, when each talks the given share of it; rounded up.

    SOP: S20
    """
    return -(-contacts * handling * PERCENT // (HOUR * occupancy))
