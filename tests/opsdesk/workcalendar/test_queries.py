"""The calendar with the company's own days."""

from datetime import date

import pytest
from django.utils.translation import override

from opsdesk.accounts.roles import Role
from opsdesk.common.errors import Forbidden
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.models import CalendarDay
from opsdesk.workcalendar.queries import add_working_days, day_type, holiday_names, is_holiday
from opsdesk.workcalendar.services import load_days
from tests.builders import NOW, an_actor

pytestmark = pytest.mark.django_db
FOUNDING_DAY = date(2026, 6, 12)


def test_days_loaded_as_data_win_over_the_library_and_can_be_corrected() -> None:
    supervisor = an_actor(Role.OPERATIONS_SUPERVISOR)
    load_days(days={FOUNDING_DAY: (DayType.HOLIDAY, "Founding day")}, actor=supervisor, now=NOW)
    assert is_holiday(FOUNDING_DAY)
    assert add_working_days(date(2026, 6, 11), 1) == date(2026, 6, 15)

    load_days(days={FOUNDING_DAY: (DayType.WORKDAY, "")}, actor=supervisor, now=NOW)
    assert day_type(FOUNDING_DAY) is DayType.WORKDAY
    assert not is_holiday(FOUNDING_DAY)


def test_only_who_keeps_the_calendar_may_load_it() -> None:
    with pytest.raises(Forbidden):
        load_days(days={FOUNDING_DAY: (DayType.HOLIDAY, "")}, actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    assert CalendarDay.objects.count() == 0


def test_holidays_are_named_in_the_readers_language_and_the_companys_name_wins() -> None:
    new_year, named = date(2027, 1, 1), {}
    for language in ("en", "zh-hans", "zh-hant"):
        with override(language):
            named[language] = holiday_names(new_year, new_year)[new_year]
    assert named == {"en": "New Year's Day", "zh-hans": "元旦", "zh-hant": "元旦"}
    supervisor = an_actor(Role.OPERATIONS_SUPERVISOR)
    load_days(days={new_year: (DayType.HOLIDAY, "First sale")}, actor=supervisor, now=NOW)
    with override("zh-hans"):
        assert holiday_names(new_year, new_year) == {new_year: "First sale"}
