"""A published calendar is entered as data; a broken file enters nothing."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.models import CalendarDay
from opsdesk.workcalendar.queries import day_type

pytestmark = pytest.mark.django_db


def test_off_days_are_holidays_and_the_others_are_worked(tmp_path: Path) -> None:
    days = [
        {"name": "国庆节", "date": "2031-10-01", "isOffDay": True},
        {"name": "国庆节", "date": "2031-10-11", "isOffDay": False},
    ]
    file = tmp_path / "2031.json"
    file.write_text(json.dumps({"year": 2031, "days": days}), encoding="utf-8")

    call_command("load_calendar", str(file))
    call_command("load_calendar", str(file))

    assert day_type(date(2031, 10, 1)) is DayType.HOLIDAY
    assert day_type(date(2031, 10, 11)) is DayType.ADJUSTED_WORKDAY
    assert CalendarDay.objects.count() == 2


@pytest.mark.parametrize(
    "text", ["", "[]", '{"days": [{"date": "2031-13-01", "name": "x", "isOffDay": true}]}', '{"days": [{}]}']
)
def test_a_broken_file_enters_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(text)

    with pytest.raises(CommandError, match="is not a calendar"):
        call_command("load_calendar", str(file))
    assert CalendarDay.objects.count() == 0
