"""Kinds of days, with 调休 and with days of one's own."""

from datetime import date

import pytest

from opsdesk.workcalendar.enums import DayType as D
from opsdesk.workcalendar.rules import add_working_days, day_type

MAY_FIRST = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 11), D.WORKDAY),
        (date(2026, 6, 13), D.WEEKEND),
        (MAY_FIRST, D.HOLIDAY),
        (date(2026, 2, 14), D.ADJUSTED_WORKDAY),
        (date(2026, 2, 28), D.ADJUSTED_WORKDAY),
        (date(2026, 10, 10), D.ADJUSTED_WORKDAY),
        (date(2026, 10, 1), D.HOLIDAY),
    ],
)
def test_the_public_calendar_knows_holidays_and_make_up_days(day: date, expected: D) -> None:
    assert day_type(day, {}) == expected


def test_a_day_of_ones_own_wins() -> None:
    assert day_type(MAY_FIRST, {MAY_FIRST: D.WORKDAY}) == D.WORKDAY


@pytest.mark.parametrize("year", [1900, 2200])
def test_a_year_without_data_has_weekends_only_and_a_warning(year: int, caplog: pytest.LogCaptureFixture) -> None:
    first_monday = next(date(year, 1, n) for n in range(1, 8) if date(year, 1, n).weekday() == 0)

    assert day_type(first_monday, {}) == D.WORKDAY
    assert day_type(date.fromordinal(first_monday.toordinal() - 1), {}) == D.WEEKEND
    assert f"No public holidays are known for {year}" in caplog.text


def test_working_days_skip_holidays_and_count_make_up_days() -> None:
    assert add_working_days(date(2026, 4, 30), 1, {}) == date(2026, 5, 6)
    assert add_working_days(date(2026, 2, 13), 1, {}) == date(2026, 2, 14)
    assert add_working_days(date(2026, 6, 11), 3, {}) == date(2026, 6, 16)
    assert add_working_days(date(2026, 6, 11), 0, {}) == date(2026, 6, 11)
