"""The calendar as the rest of the house asks it. Dates are Asia/Shanghai dates."""

from datetime import date, timedelta

from opsdesk.workcalendar import rules
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.models import CalendarDay

_HORIZON = timedelta(days=400)


def day_type(day: date) -> DayType:
    """The kind of day."""
    return rules.day_type(day, _own_days(day, day))


def is_holiday(day: date) -> bool:
    """True on public holidays. SOP: S4b"""
    return day_type(day) is DayType.HOLIDAY


def add_working_days(start: date, days: int) -> date:
    """The date `days` working days after `start`. SOP: P13"""
    return rules.add_working_days(start, days, _own_days(start, start + _HORIZON))


def _own_days(first: date, last: date) -> dict[date, DayType]:
    rows = CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind")
    return {day: DayType(kind) for day, kind in rows}
