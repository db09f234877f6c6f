"""The two clocks of a return, and which steps fit which type."""

from datetime import datetime, timedelta

import pytest

from orders.enums.returns import ReturnState as S
from orders.rules.returns.clocks import Clocks, tick
from orders.rules.returns.lifecycle import fits
from tests.builders import NOW

HOUR = timedelta(hours=1)
DUE = NOW + 48 * HOUR
FRESH = Clocks(solution_due=DUE, finish_due=DUE)


def after(*steps: tuple[S, int]) -> Clocks:
    """The clocks after entering these states, so many hours after NOW each."""
    clocks = FRESH
    for target, hours in steps:
        clocks = tick(clocks, target=target, now=NOW + hours * HOUR)
    return clocks


@pytest.mark.parametrize(
    ("steps", "solution", "finish", "paused", "solved", "finished"),
    [
        ([(S.EVIDENCE_PENDING, 1)], 48, 48, 1, None, None),
        ([(S.EVIDENCE_PENDING, 1), (S.REQUESTED, 6)], 53, 53, None, None, None),
        ([(S.APPROVED, 2), (S.AWAITING_PARCEL, 2), (S.IN_TRANSIT, 5), (S.RECEIVED, 30)], 48, 76, None, 2, None),
        ([(S.REJECTED, 4)], 48, 48, None, 4, 4),
        ([(S.REJECTED, 4), (S.DISPUTED, 10)], 48, 54, None, 4, None),
        ([(S.REJECTED, 4), (S.DISPUTED, 10), (S.REJECTED, 12)], 48, 54, None, 4, 12),
        ([(S.APPROVED, 1), (S.SETTLING, 1), (S.COMPLETED, 9)], 48, 48, None, 1, 9),
        ([(S.CANCELLED, 3)], 48, 48, None, None, 3),
    ],
)
def test_each_clock_counts_our_own_time(
    steps: list[tuple[S, int]], solution: int, finish: int, paused: int | None, solved: int | None, finished: int | None
) -> None:
    def at(hours: int | None) -> datetime | None:
        return None if hours is None else NOW + hours * HOUR

    found = after(*steps)
    assert (found.solution_due, found.finish_due) == (at(solution), at(finish))
    assert (found.paused_at, found.solved_at, found.finished_at) == (at(paused), at(solved), at(finished))


@pytest.mark.parametrize(
    ("step", "type_", "expected"),
    [
        ("place_exchange", "refund_only", False),
        ("send_replacement", "exchange", True),
        ("send_replacement", "return_refund", False),
        ("settle", "refund_only", True),
    ],
)
def test_only_an_exchange_ends_with_another_order(step: str, type_: str, expected: bool) -> None:
    assert fits(step, type_) is expected
