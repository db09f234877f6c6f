"""Tracking numbers, and that the end state depends on the set of reports alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.common.errors import Malformed
from orders.enums.tracking import ShipmentState, TrackingCode
from orders.rules.tracking.tracking import Progress, advance, is_under_way, tracking_number
from tests.builders.times import NOW

START = Progress(ShipmentState.INFO_RECEIVED)
REPORTS = st.lists(st.tuples(st.sampled_from(list(TrackingCode)), st.integers(0, 5)), max_size=12)


def after(*reports: tuple[str, int]) -> Progress:
    progress = START
    for code, hour in reports:
        progress = advance(progress, code=code, occurred_at=NOW + timedelta(hours=hour))
    return progress


@given(reports=REPORTS, shuffled=st.randoms())
def test_any_order_and_any_number_give_the_same_end(reports: list[tuple[TrackingCode, int]], shuffled: object) -> None:
    doubled = reports * 2
    shuffled.shuffle(doubled)  # type: ignore[attr-defined]

    assert after(*doubled) == after(*reports)


@given(reports=REPORTS)
def test_what_was_delivered_or_returned_is_never_under_way_again(reports: list[tuple[TrackingCode, int]]) -> None:
    ends = {TrackingCode.DELIVERED, TrackingCode.RETURNED} & {code for code, _ in reports}

    assert is_under_way(after(*reports).state) is not bool(ends)


@pytest.mark.parametrize(
    ("reports", "state", "last", "finished"),
    [
        ([("in_transit", 1)], "in_transit", 1, None),
        ([("out_for_delivery", 2), ("in_transit", 1)], "out_for_delivery", 2, None),
        ([("out_for_delivery", 1), ("attempt_failed", 2)], "exception", 2, None),
        ([("out_for_delivery", 1), ("in_transit", 1)], "out_for_delivery", 1, None),
        ([("exception", 1), ("in_transit", 2)], "in_transit", 2, None),
        ([("delivered", 2), ("in_transit", 3)], "delivered", 3, 2),
        ([("returned", 2), ("delivered", 3)], "returned", 3, 2),
        ([("delivered", 3), ("returned", 2)], "returned", 3, 2),
        ([("returned", 2), ("delivered", 2)], "delivered", 2, 2),
    ],
)
def test_the_newest_report_decides_and_the_first_end_stays(
    reports: list[tuple[str, int]], state: str, last: int, finished: int | None
) -> None:
    end = None if finished is None else NOW + timedelta(hours=finished)

    assert after(*reports) == Progress(state, NOW + timedelta(hours=last), end)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" sf1234567 ", "SF1234567"),
        ("\uff33\uff26\uff11\uff12\uff13\uff14", "SF1234"),
        ("a-1-b-2", "A-1-B-2"),
        ("1" * 32, "1" * 32),
        ("123456", "123456"),
    ],
)
def test_numbers_are_kept_in_one_form(text: str, number: str) -> None:
    assert tracking_number(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid_tracking_no"),
        ("12345", "invalid_tracking_no"),
        ("1" * 33, "invalid_tracking_no"),
        ("SF 123456", "invalid_tracking_no"),
        ("SF_123456", "invalid_tracking_no"),
        ("顺丰123456", "invalid_tracking_no"),
        ("1.23E+14", "numeric_cell_precision"),
        ("1,23e+14", "numeric_cell_precision"),
        ("7E+17", "numeric_cell_precision"),
    ],
)
def test_what_is_no_number_is_refused(text: str, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        tracking_number(text)

    assert refusal.value.error_code == code
