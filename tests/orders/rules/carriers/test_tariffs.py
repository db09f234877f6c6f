"""Prices that contradict each other."""

from datetime import date

import pytest

from opsdesk.common.errors import Issue
from orders.rules.carriers.tariffs import BACKWARDS, OVERLAPS, TWICE, TWO_RESTS, Period, clash

JAN, JUN, DEC = date(2026, 1, 1), date(2026, 6, 1), date(2026, 12, 31)
SOUTH = frozenset({"广东", "广西"})


def period(zone: str = "华南", provinces: frozenset[str] = SOUTH, begins: date = JAN, ends: date | None = None) -> Period:
    return Period(zone, provinces, begins, ends)


def test_it_ends_on_or_after_its_first_day() -> None:
    assert clash(period(begins=JUN, ends=JAN), []) == [Issue("/valid_until", "out_of_range", BACKWARDS)]
    assert clash(period(begins=JUN, ends=JUN), []) == []


def test_a_price_with_an_end_is_not_cut_off_by_the_next() -> None:
    issue = Issue("/valid_from", "overlap", OVERLAPS, {"zone": "华南", "day": "2026-01-01"})
    assert clash(period(begins=JUN), [period(ends=DEC)]) == [issue]
    assert clash(period(begins=JUN), [period(ends=date(2026, 5, 31))]) == []
    assert clash(period(ends=date(2026, 5, 31)), [period(begins=JUN)]) == []
    assert clash(period(begins=JUN), [period()]) == []


@pytest.mark.parametrize("other", [SOUTH, frozenset({"广西", "海南"})])
def test_a_province_is_in_one_group_at_a_time(other: frozenset[str]) -> None:
    params = {"zone": "西南", "provinces": "、".join(sorted(SOUTH & other))}
    assert clash(period(), [period("西南", other)]) == [Issue("/provinces", "overlap", TWICE, params)]


def test_one_group_is_for_all_others() -> None:
    rest: frozenset[str] = frozenset()
    issue = Issue("/provinces", "overlap", TWO_RESTS, {"zone": "全国"})
    assert clash(period("其他", rest), [period("全国", rest)]) == [issue]
    assert clash(period(), [period("全国", rest), period("华东", frozenset({"江苏"}))]) == []
