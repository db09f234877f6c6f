"""When an alert opens and ends."""

from datetime import date

import pytest

from catalog.rules.alerts import is_out, is_replenished, is_timely
from catalog.rules.stock import needs_reorder


@pytest.mark.parametrize(("available", "expected"), [(11, False), (10, False), (9, True), (0, True)])
def test_goods_are_short_only_below_the_threshold(available: int, expected: bool) -> None:
    assert needs_reorder(available=available, threshold=10) is expected


@pytest.mark.parametrize(("available", "expected"), [(12, False), (13, True)])
def test_an_alert_ends_above_threshold_and_hysteresis(available: int, expected: bool) -> None:
    assert is_replenished(available=available, threshold=10, hysteresis=2) is expected


@pytest.mark.parametrize(("available", "expected"), [(1, False), (0, True)])
def test_sold_out_means_nothing_left(available: int, expected: bool) -> None:
    assert is_out(available=available) is expected


@pytest.mark.parametrize(("day", "expected"), [(10, False), (11, True)])
def test_goods_are_expected_today_at_the_earliest(day: int, expected: bool) -> None:
    assert is_timely(expected_on=date(2026, 6, day), today=date(2026, 6, 11)) is expected
