"""The calculator against exact values, and against a second one that walks from minute to minute."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.rules import day_type
from support.rules.sla.calculator import MILLISECOND, NeverOpen, Reckoning, is_late
from support.rules.sla.hours import AROUND_THE_CLOCK, SHANGHAI, Hours, open_spans
from tests.support.rules.sla import brute

MINUTE_MS = 60_000
DESK = Hours({"workday": {"*": ((540, 720), (780, 1080))}, "holiday": {"*": ((600, 960),)}, "weekend": {"5": ((600, 720),)}})


def at(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def public(day: date) -> DayType:
    return day_type(day, {})


def reckoning(hours: Hours = DESK, **targets: int) -> Reckoning:
    return Reckoning(targets or {"workday": 30 * MINUTE_MS}, hours, public)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        (at(11, 9), 30, at(11, 9, 30)),
        (at(11, 11, 40), 20, at(11, 12)),  # the frame's end itself
        (at(11, 11, 40), 21, at(11, 13, 1)),  # over the lunch break
        (at(11, 12), 1, at(11, 13, 1)),  # a frame's end is outside it
        (at(11, 3), 30, at(11, 9, 30)),
        (at(12, 17, 50), 30, at(13, 10, 20)),  # Friday evening to Saturday
        (at(13, 12), 30, at(15, 9, 30)),  # Saturday noon, closed Sunday
        (at(18, 17, 50), 30, at(19, 10, 20)),  # into the Dragon Boat Festival
    ],
)
def test_open_time_runs_over_several_frames_a_day(start: datetime, minutes: int, due: datetime) -> None:
    assert reckoning().after(start, minutes * MINUTE_MS) == due
    assert reckoning().spent(start, due) == minutes * MINUTE_MS


def test_a_holiday_has_another_target_and_its_clock_runs() -> None:
    counts = reckoning(AROUND_THE_CLOCK, workday=30 * MINUTE_MS, holiday=60 * MINUTE_MS)
    assert counts.target(at(19, 0)) == 60 * MINUTE_MS  # the festival begins at midnight
    assert counts.target(at(19, 0) - MILLISECOND) == 30 * MINUTE_MS
    assert counts.after(at(19, 10), counts.target(at(19, 10))) == at(19, 11)
    assert counts.target(at(20, 12)) == 30 * MINUTE_MS  # a Saturday has the target of working days
    assert (public(date(2026, 2, 14)), counts.target(at(14, 12, month=2))) == ("adjusted_workday", 30 * MINUTE_MS)


def test_the_target_is_that_of_the_day_on_which_the_clock_begins_to_run() -> None:
    counts = reckoning(DESK, workday=30 * MINUTE_MS, holiday=60 * MINUTE_MS)
    assert counts.begins(at(18, 18)) == at(19, 10)
    assert counts.target(at(18, 18)) == 60 * MINUTE_MS
    assert counts.target(at(18, 18) - MILLISECOND) == 30 * MINUTE_MS


def test_pauses_are_half_open_and_may_overlap() -> None:
    pauses = [(at(11, 9, 10), at(11, 9, 20)), (at(11, 9, 15), at(11, 9, 30)), (at(11, 10, 0), at(11, 10, 0))]
    assert reckoning().after(at(11, 9), 10 * MINUTE_MS, pauses) == at(11, 9, 10)
    assert reckoning().after(at(11, 9), 10 * MINUTE_MS + 1, pauses) == at(11, 9, 30) + MILLISECOND
    assert reckoning().spent(at(11, 9), at(11, 9, 31), pauses) == 11 * MINUTE_MS


def test_ten_seconds_are_ten_thousand_milliseconds_and_not_one_more() -> None:
    due = reckoning(AROUND_THE_CLOCK).after(at(11, 9), 10_000)
    assert due == at(11, 9) + timedelta(seconds=10)
    assert is_late(due_at=due, now=due) is False
    assert is_late(due_at=due, now=due + MILLISECOND) is True


def test_frames_that_leave_no_time_are_told() -> None:
    closed = reckoning(Hours({}))
    with pytest.raises(NeverOpen):
        closed.after(at(11, 9), 1)
    with pytest.raises(NeverOpen):
        closed.begins(at(11, 9))


FRAMES = st.lists(st.integers(0, 24 * 12), min_size=0, max_size=6, unique=True).map(
    lambda edges: [[a * 5, b * 5] for a, b in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False)]
)
WEEK = st.dictionaries(st.sampled_from(["*", *map(str, range(7))]), FRAMES, max_size=4)
TABLES = st.fixed_dictionaries({kind.value: WEEK for kind in DayType})
STARTS = st.integers(0, 10 * 24 * 60).map(lambda minute: at(1, 0) + timedelta(minutes=minute))
PAUSES = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 2000)), max_size=3)
KINDS = st.lists(st.sampled_from([kind.value for kind in DayType]), min_size=40, max_size=40)
DAYS = 12


@settings(max_examples=120, deadline=None)
@given(table=TABLES, start=STARTS, pauses=PAUSES, kinds=KINDS, short=st.integers(1, 300), long=st.integers(1, 4000))
def test_two_calculators_agree(
    table: brute.Table, start: datetime, pauses: list[tuple[int, int]], kinds: list[str], short: int, long: int
) -> None:
    calendar = {date(2026, 5, 30) + timedelta(days=number): kind for number, kind in enumerate(kinds)}
    held = [(start + timedelta(minutes=off), start + timedelta(minutes=off + length)) for off, length in pauses]
    minutes = {"workday": long, "weekend": short, "holiday": short + long, "adjusted_workday": long}
    slow = brute.due(table, calendar, start, minutes, DAYS, held)

    hours = Hours({kind: {day: tuple((a, b) for a, b in spans) for day, spans in week.items()} for kind, week in table.items()})
    targets = {kind: number * MINUTE_MS for kind, number in minutes.items()}
    counts = Reckoning(targets, hours, lambda day: DayType(calendar.get(day, "workday")))
    try:
        quick = counts.after(start, counts.target(start), held)
    except NeverOpen:
        quick = None

    if slow is None:
        assert quick is None or quick > start + timedelta(days=DAYS)
    else:
        assert quick == slow
        assert counts.spent(start, slow, held) == counts.target(start)
        assert counts.spent(start, slow - MILLISECOND, held) == counts.target(start) - 1


def test_open_spans_end_with_the_horizon() -> None:
    days = list(open_spans(at(11, 9), hours=Hours(AROUND_THE_CLOCK.frames), days=public, horizon=3))
    [whole] = open_spans(at(11, 9), hours=AROUND_THE_CLOCK, days=public, horizon=3)
    assert (len(days), whole) == (3, (days[0][0], days[-1][1]))
