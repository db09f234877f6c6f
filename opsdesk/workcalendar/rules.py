"""What kind of day a date is, given the public calendar and the company's own days. Pure."""

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

from opsdesk.workcalendar.enums import DayType

SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1950, 2100
_log = logging.getLogger(__name__)


NAMED_IN = {"zh-hans": "zh_CN", "zh-hant": "zh_TW"}  # else in English


@lru_cache(maxsize=96)
def _public_year(year: int, named_in: str = "en_US") -> holidays.HolidayBase | None:
    try:
        calendar = holidays.country_holidays("CN", years=year, language=named_in)
    except Exception:  # the library's answer to a year that it does not know is not documented
        calendar = None
    if not calendar:
        _log.warning("No public holidays are known for %s: weekends only.", year)
        return None
    return calendar


def day_type(day: date, own_days: Mapping[date, DayType]) -> DayType:
    """The kind of day; a year without data falls back to weekends with a warning.

    SOP: S4b, P13
    """
    if day in own_days:
        return own_days[day]
    calendar = _public_year(day.year)
    weekend = day.weekday() >= SATURDAY
    if calendar is not None and day in calendar:
        return DayType.HOLIDAY
    if weekend and calendar is not None and calendar.is_working_day(day):
        return DayType.ADJUSTED_WORKDAY
    return DayType.WEEKEND if weekend else DayType.WORKDAY


def public_name(day: date, language: str) -> str:
    """What the public calendar calls a day in a language, empty for a day that it does not name."""
    calendar = _public_year(day.year, NAMED_IN.get(language, "en_US"))
    return calendar.get(day, "") if calendar is not None else ""


def is_working(kind: DayType) -> bool:
    """True for working days, make-up working days included."""
    return kind in {DayType.WORKDAY, DayType.ADJUSTED_WORKDAY}


def add_working_days(start: date, days: int, own_days: Mapping[date, DayType]) -> date:
    """The date that lies `days` working days after `start`; the start itself is not counted.

    SOP: P13
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day_type(day, own_days))
    return day
