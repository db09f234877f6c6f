"""When a rate of returns is too high, and whether a measure helped."""

import pytest

from orders.rules.returns.rates import Rate, is_too_high, judged


@pytest.mark.parametrize(
    ("shipped", "returned", "expected"),
    [(20, 2, True), (20, 1, False), (19, 19, False), (100, 5, False), (100, 6, True), (0, 0, False)],
)
def test_a_rate_counts_above_the_limit_and_from_enough_pieces(shipped: int, returned: int, expected: bool) -> None:
    assert is_too_high(Rate("A", shipped, returned), limit=5, pieces=20) is expected


@pytest.mark.parametrize(
    ("shipped", "returned", "expected"),
    [
        (100, 5, "improved"),
        (100, 6, "not_improved"),
        (0, 0, "no_data"),
        (19, 19, "no_data"),
        (20, 1, "improved"),
        (20, 2, "not_improved"),
    ],
)
def test_a_measure_helped_when_the_rate_is_within_the_limit(shipped: int, returned: int, expected: str) -> None:
    assert judged(Rate("A", shipped, returned), limit=5, pieces=20) == expected


def test_a_rate_is_said_in_percent() -> None:
    assert [Rate("A", *counts).percent for counts in ((3, 1), (0, 0), (8, 8))] == [33.3, 0.0, 100.0]
