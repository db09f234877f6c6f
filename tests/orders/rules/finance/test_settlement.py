"""The rules of settlements."""

from datetime import date, datetime
from decimal import Decimal
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import IllegalTransition
from orders.enums.finance import BatchState, DifferenceKind, DifferenceState
from orders.rules.finance import settlement as rules
from orders.rules.finance.settlement import Difference, differences, first_day

D = Decimal
STEPS = {
    "compare": ("open", None),
    "adjust": ("open", None),
    "resolve_many": ("open", None),
    "check": ("open", "checked"),
    "send_back": ("checked", "open"),
    "close": ("checked", "closed"),
}


@pytest.mark.parametrize(("state", "step"), product(BatchState.values, STEPS))
def test_every_step_from_every_state(state: str, step: str) -> None:
    source, target = STEPS[step]
    assert set(rules.BATCH_LIFECYCLE.transitions) == set(STEPS)
    if state == source:
        assert rules.BATCH_LIFECYCLE.enter(step, state, SYSTEM).target == target
    else:
        with pytest.raises(IllegalTransition):
            rules.BATCH_LIFECYCLE.enter(step, state, SYSTEM)


@pytest.mark.parametrize("state", DifferenceState.values)
def test_only_what_is_open_is_resolved(state: str) -> None:
    if state == "open":
        assert rules.DIFFERENCE_LIFECYCLE.enter("resolve", state, SYSTEM).target == "resolved"
    else:
        with pytest.raises(IllegalTransition):
            rules.DIFFERENCE_LIFECYCLE.enter("resolve", state, SYSTEM)


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ({"A": D("1.00")}, {"A": D("1.00")}, {}),
        ({"A": D("1.00")}, {"A": D("1.01")}, {"A": Difference(DifferenceKind.AMOUNT, D("1.00"), D("1.01"))}),
        ({"A": D("1.00")}, {}, {"A": Difference(DifferenceKind.MISSING_THERE, D("1.00"), D("0.00"))}),
        ({"A": D("0.00")}, {}, {}),
        ({"A": D("0.00")}, {"A": D("5.00")}, {"A": Difference(DifferenceKind.AMOUNT, D("0.00"), D("5.00"))}),
        ({}, {"A": D("0.00")}, {"A": Difference(DifferenceKind.MISSING_HERE, D("0.00"), D("0.00"))}),
    ],
)
def test_where_the_books_differ(ours: dict[str, D], theirs: dict[str, D], found: dict[str, Difference]) -> None:
    assert differences(ours, theirs) == found


JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("last", "earliest", "first"),
    [
        (date(2026, 5, 31), date(2026, 5, 3), date(2026, 6, 1)),
        (None, date(2026, 5, 3), date(2026, 5, 3)),
        (None, date(2026, 7, 3), JUNE),
        (None, None, date(2026, 6, 1)),
    ],
)
def test_a_period_begins_behind_the_last_one(last: date | None, earliest: date | None, first: date) -> None:
    assert first_day(last_settled=last, earliest=earliest, ends_on=JUNE) == first


def test_a_day_ends_at_its_own_midnight() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    assert rules.end_of(JUNE, zone) == datetime(2026, 7, 1, tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "last"), [(date(2026, 7, 1), JUNE), (date(2026, 7, 31), JUNE), (date(2026, 1, 1), date(2025, 12, 31))]
)
def test_the_month_before_ends(day: date, last: date) -> None:
    assert rules.last_of_month_before(day) == last


@pytest.mark.parametrize(("closer", "second"), [(None, False), (1, False), (2, False), (3, True)])
def test_a_second_person_is_somebody_else(closer: int | None, second: bool) -> None:
    assert rules.is_second_person(closer=closer, before=[1, 2, None]) is second
