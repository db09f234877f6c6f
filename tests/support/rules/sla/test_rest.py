"""The shift, the ladder, budgets, policies, promises and staffing: boundaries from both sides."""

from datetime import date, datetime, timedelta

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.workcalendar.enums import DayType
from support.enums.sla import ClockKind, PromiseState
from support.rules.sla.budget import Budget
from support.rules.sla.calculator import Reckoning
from support.rules.sla.hours import AROUND_THE_CLOCK, SHANGHAI, Hours, without
from support.rules.sla.ladder import Ladder, Shift, step_at
from support.rules.sla.policies import Policy, at_opening, at_reopening, chosen, completed
from support.rules.sla.promises import PROMISE_LIFECYCLE
from support.rules.sla.staffing import Rest, agents_needed, comparable, expected, rests

MS, MINUTE, HOUR = timedelta(milliseconds=1), timedelta(minutes=1), timedelta(hours=1)
LADDER = Ladder(50, 80, 150)
SHIFT = Shift(9 * HOUR, 21 * HOUR)


def at(hour: int, day: int = 11) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=SHANGHAI)


def test_the_shift_is_half_open_and_the_night_belongs_to_the_day_before() -> None:
    assert [SHIFT.covers(moment) for moment in (at(9) - MS, at(9), at(21) - MS, at(21))] == [False, True, True, False]
    assert SHIFT.of(at(8)) == (at(9, 10), at(21, 10))
    assert SHIFT.of(at(9)) == SHIFT.of(at(23)) == (at(9), at(21))


def test_the_ladder_climbs_in_open_time_to_its_end() -> None:
    counts = Reckoning({"workday": 1000}, AROUND_THE_CLOCK, lambda day: DayType.WORKDAY)
    steps = [
        step_at(counts, started_at=at(9), target=1000, percents=LADDER.steps(ClockKind.SOLUTION), taken=taken, pauses=[])
        for taken in range(5)
    ]
    assert steps == [at(9) + 500 * MS, at(9) + 800 * MS, at(9) + 1000 * MS, at(9) + 1500 * MS, None]
    assert LADDER.steps(ClockKind.ACK) == (100,)


@pytest.mark.parametrize(
    ("answered", "spent", "waiting", "average", "forecast", "left", "kept"),
    [
        (0, 0, [], None, None, None, True),
        (2, 60, [], 30, 30, None, True),
        (2, 62, [], 31, 31, None, False),
        (1, 10, [20], 10, 15, 30, True),
        (1, 10, [50], 10, 30, 0, True),
        (1, 10, [52], 10, 31, -2, False),
        (0, 0, [10, 20], None, 15, 15, True),
    ],
)
def test_a_budget_says_how_long_those_who_wait_may_wait_on(
    answered: int, spent: int, waiting: list[int], average: int, forecast: int, left: int, kept: bool
) -> None:
    budget = Budget(answered, spent, waiting, target=30)
    assert (budget.average, budget.forecast, budget.left, budget.is_kept) == (average, forecast, left, kept)


FACTS = {"channel": "chat", "stage": "after_sale", "type": "quality", "priority": "urgent", "shop": "tmall-01"}
TARGETS = {kind.value: {"workday": 1} for kind in ClockKind if kind is not ClockKind.PROMISE}


def policy(**match: list[str]) -> Policy:
    return Policy(None, "p", match, TARGETS)


def test_the_first_policy_that_takes_every_fact_wins() -> None:
    one, two, rest = policy(channel=["email"]), policy(channel=["chat", "phone"], priority=["urgent"], shop=[]), policy()
    assert chosen([one, two, rest], FACTS) is two
    assert chosen([one, two, rest], {**FACTS, "priority": "low"}) is rest


def test_a_ticket_starts_the_clocks_that_it_has_targets_for() -> None:
    assert at_opening(policy(), FACTS) == ["ack", "first_response", "first_response_live", "solution_48h"]
    assert at_opening(policy(), {**FACTS, "channel": "email", "stage": "pre_sale"}) == ["ack", "first_response"]
    assert at_opening(Policy(None, "p", {}, {}), FACTS) == []
    assert at_reopening(policy(), FACTS, customer_waits=True) == ["next_response", "solution_48h"]
    assert at_reopening(policy(), {**FACTS, "stage": "in_sale"}, customer_waits=False) == []


def test_what_a_policy_does_not_name_counts_by_the_standard_around_the_clock() -> None:
    standard = Policy(None, "standard", {}, {"ack": {"workday": 10}, "first_response": {"workday": 30}})
    own = Policy(7, "own", {}, {"first_response": {"workday": 20}}, Hours({}), frozenset({"promise"}))
    both = completed(own, standard)
    assert (both.id, both.targets) == (7, {"ack": {"workday": 10}, "first_response": {"workday": 20}})
    assert (set(both.always), both.hours) == ({"promise", "ack"}, own.hours)
    assert completed(standard, standard) == standard


def test_a_clock_that_always_runs_knows_no_frames() -> None:
    row = Policy(None, "p", {}, TARGETS, always=frozenset({"ack"}))
    assert row.reckoning("ack", lambda day: DayType.HOLIDAY).hours is AROUND_THE_CLOCK


def test_a_pause_around_a_frame_leaves_nothing() -> None:
    spans = [(at(9), at(10)), (at(11), at(12))]
    assert list(without(spans, [(at(8), at(11))])) == [(at(11), at(12))]
    assert list(without(spans, [])) == spans


def test_a_promise_is_kept_or_broken_once() -> None:
    assert PROMISE_LIFECYCLE.available(PromiseState.OPEN, SYSTEM) == ["keep", "break"]
    assert PROMISE_LIFECYCLE.available(PromiseState.BROKEN, SYSTEM) == ["follow"]
    assert PROMISE_LIFECYCLE.available(PromiseState.MOVED, SYSTEM) == []


@pytest.mark.parametrize(("contacts", "agents"), [(0, 0), (1, 1), (6, 1), (7, 2), (12, 2), (13, 3)])
def test_six_contacts_of_eight_minutes_are_all_that_an_agent_does(contacts: int, agents: int) -> None:
    assert agents_needed(contacts, handling=8 * MINUTE, occupancy=80) == agents


def test_growth_is_rounded_up() -> None:
    assert [expected(10, growth=growth) for growth in (0, 1, 10, 11)] == [10, 11, 11, 12]


def test_a_holiday_is_compared_with_its_own_day_of_last_year() -> None:
    now = [Rest(date(2026, 2, 15), date(2026, 2, 23), frozenset({"Spring Festival"}))]
    old = [
        Rest(date(2025, 1, 1), date(2025, 1, 1), frozenset({"New Year"})),
        Rest(date(2025, 1, 28), date(2025, 2, 4), frozenset({"Spring Festival", "Eve"})),
    ]
    assert comparable(date(2026, 2, 15), now, old) == date(2025, 1, 28)
    assert comparable(date(2026, 2, 22), now, old) == date(2025, 2, 4)
    assert comparable(date(2026, 2, 23), now, old) == date(2025, 2, 4)  # one day longer than last year
    assert comparable(date(2026, 2, 24), now, old) == date(2025, 2, 25)  # a Tuesday with a Tuesday
    assert comparable(date(2026, 2, 15), now, old[:1]) == date(2025, 2, 16)


def test_days_off_in_a_row_with_a_holiday_among_them_are_one_rest() -> None:
    kinds = ["workday", "weekend", "holiday", "holiday", "adjusted_workday", "weekend", "workday", "holiday"]
    days = [(date(2026, 6, number), DayType(kind)) for number, kind in enumerate(kinds, start=1)]
    names = {date(2026, 6, 3): "A (observed)", date(2026, 6, 4): "B", date(2026, 6, 8): "C"}
    assert rests(days, names) == [
        Rest(date(2026, 6, 2), date(2026, 6, 4), frozenset({"A", "B"})),
        Rest(date(2026, 6, 8), date(2026, 6, 8), frozenset({"C"})),
    ]
