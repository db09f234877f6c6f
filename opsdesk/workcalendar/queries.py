"""The calendar as the rest of the house asks it. Dates are Asia/Shanghai dates."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import get_language

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


def day_types(first: date, last: date) -> Callable[[date], DayType]:
    """The kinds of many days with one statement; days outside the range have what the public calendar says."""
    own = _own_days(first, last)
    return lambda day: rules.day_type(day, own)


def own_days(first: date, last: date) -> dict[date, DayType]:
    """The days that the company has entered or loaded itself."""
    return _own_days(first, last)


def holiday_names(first: date, last: date) -> dict[date, str]:
    """The public holidays of a range with their names in the reader's language; the company's own name wins.

    SOP: S20
    """
    language = get_language() or ""
    named = dict(CalendarDay.objects.filter(day__range=(first, last), kind=DayType.HOLIDAY).values_list("day", "name"))
    own, days = _own_days(first, last), (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {
        day: named.get(day) or rules.public_name(day, language) for day in days if rules.day_type(day, own) is DayType.HOLIDAY
    }


def _own_days(first: date, last: date) -> dict[date, DayType]:
    rows = CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind")
    return {day: DayType(kind) for day, kind in rows}
