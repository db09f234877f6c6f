"""The share of a month's orders in time."""

import pytest

from orders.rules.intake.punctuality import Punctuality


@pytest.mark.parametrize(
    ("found", "late", "percent", "promises"),
    [
        (Punctuality(), 0, 100, 100),
        (Punctuality(orders=4, in_time=2, waiting=1), 1, 66, 100),
        (Punctuality(orders=3, in_time=3, promised=3, promise_kept=1, promise_waiting=1), 0, 100, 50),
    ],
)
def test_what_is_not_yet_due_counts_for_nobody(found: Punctuality, late: int, percent: int, promises: int) -> None:
    assert (found.late, found.percent, found.promise_percent) == (late, percent, promises)
