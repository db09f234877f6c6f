"""How heavy a page may be."""

from datetime import timedelta

import pytest

from catalog.rules.pages.speed import SpeedLimits, Weight, speed_problems

LIMITS = SpeedLimits(size=3000, requests=60, time=timedelta(seconds=3))


@pytest.mark.parametrize(
    ("weight", "codes"),
    [
        (Weight(3_000_000, 60, timedelta(seconds=3)), []),
        (Weight(3_001_000, 60, timedelta(seconds=3)), ["page_too_large"]),
        (Weight(1, 61, timedelta(seconds=3)), ["page_too_many"]),
        (Weight(1, 1, timedelta(seconds=3, milliseconds=1)), ["page_too_slow"]),
        (Weight(9_000_000, 99, timedelta(seconds=9)), ["page_too_large", "page_too_many", "page_too_slow"]),
    ],
)
def test_exactly_at_a_limit_is_fine(weight: Weight, codes: list[str]) -> None:
    assert [finding.code for finding in speed_problems(weight, LIMITS)] == codes
