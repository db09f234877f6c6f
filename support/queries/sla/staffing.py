"""The load of last year, what it asks for this year, and what is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour, TruncDate

from opsdesk.parameters.queries import value
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.queries import day_types, holiday_names
from support.models import StaffedHour, Ticket
from support.parameters.sla import GROWTH, HANDLING_TIME, OCCUPANCY
from support.rules.sla.hours import DAY, SHANGHAI, Days, midnight
from support.rules.sla.staffing import Rest, agents_needed, comparable, expected, rests

HOURS = 24
_AROUND = timedelta(days=20)  # a run of days off is seen whole
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Hour:
    """One hour of a day: what is expected, what that needs, and what is planned (None: nothing yet)."""

    hour: int
    expected: int
    needed: int
    planned: int | None

    @property
    def gap(self) -> int:
        """The agents that are missing; 0 when there are enough."""
        return max(self.needed - (self.planned or 0), 0)


@dataclass(frozen=True)
class PlannedDay:
    """One day with its hours and the day of last year that it is compared with."""

    day: date
    kind: DayType
    name: str
    compared: date
    hours: Sequence[Hour]

    @property
    def contacts(self) -> int:
        """The contacts of the day."""
        return sum(hour.expected for hour in self.hours)

    @property
    def agent_hours(self) -> int:
        """The hours of agents that the day needs."""
        return sum(hour.needed for hour in self.hours)

    @property
    def gap(self) -> int:
        """The hours of agents that are missing."""
        return sum(hour.gap for hour in self.hours)


def plan(days: Sequence[date]) -> list[PlannedDay]:
    """The plan of some days in order, in a fixed number of statements. SOP: S20"""
    if not days:
        return []
    first, last = days[0] - _AROUND, days[-1] + _AROUND
    kinds, names, rested = _calendar(first, last)
    *_, old = _calendar(first - _YEAR - _AROUND, last - _YEAR + _AROUND)
    like = {day: comparable(day, rested, old) for day in days}
    loads, planned = _loads(min(like.values()), max(like.values())), _planned(days)
    return [_day(day, kinds(day), names.get(day, ""), like[day], loads, planned) for day in days]


def next_holidays(today: date, ahead: timedelta) -> list[date]:
    """The public holidays from a day on, within a time."""
    return sorted(holiday_names(today, today + ahead))


def _day(
    day: date,
    kind: DayType,
    name: str,
    compared: date,
    loads: Mapping[tuple[date, int], int],
    planned: Mapping[tuple[date, int], int],
) -> PlannedDay:
    handling, occupancy, growth = value(HANDLING_TIME), value(OCCUPANCY), value(GROWTH)
    hours = []
    for hour in range(HOURS):
        contacts = expected(loads.get((compared, hour), 0), growth=growth)
        needed = agents_needed(contacts, handling=handling, occupancy=occupancy)
        hours.append(Hour(hour, contacts, needed, planned.get((day, hour))))
    return PlannedDay(day, kind, name, compared, hours)


def _calendar(first: date, last: date) -> tuple[Days, dict[date, str], list[Rest]]:
    kinds, names = day_types(first, last), holiday_names(first, last)
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return kinds, names, rests([(day, kinds(day)) for day in days], names)


def _loads(first: date, last: date) -> dict[tuple[date, int], int]:
    """The tickets of each hour of some days, tests left out."""
    start, end = midnight(first), midnight(last + DAY)
    rows = Ticket.objects.filter(opened_at__gte=start, opened_at__lt=end, is_test=False)
    told = rows.annotate(day=TruncDate("opened_at", tzinfo=SHANGHAI), hour=ExtractHour("opened_at", tzinfo=SHANGHAI))
    return {(row["day"], row["hour"]): row["count"] for row in told.values("day", "hour").annotate(count=Count("pk"))}


def _planned(days: Sequence[date]) -> dict[tuple[date, int], int]:
    rows = StaffedHour.objects.filter(day__in=days).values_list("day", "hour", "agents")
    return {(day, hour): agents for day, hour, agents in rows}
