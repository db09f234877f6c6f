"""The calendar with the company's own days."""

from datetime import date

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.errors import Forbidden
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.models import CalendarDay
from opsdesk.workcalendar.queries import add_working_days, day_type, is_holiday
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
