"""Slots: each runs once, whoever wakes us, and a missed one is caught up and marked late."""

from datetime import datetime, timedelta

import pytest

from opsdesk.duties import definitions
from opsdesk.duties.definitions import Duty
from opsdesk.duties.models import DutyRun, DutyState
from opsdesk.duties.queries import gaps, heartbeat
from opsdesk.duties.schedule import beat_schedule
from opsdesk.duties.services import run_at, run_slot, tick
from tests.builders.times import at

pytestmark = pytest.mark.django_db


class Job:
    """Remembers the slots that it ran for; fails while told to."""

    def __init__(self) -> None:
        self.slots: list[datetime] = []
        self.failing = False

    def __call__(self, slot: datetime, now: datetime) -> int:
        if self.failing:
            raise ValueError("broken")
        self.slots.append(slot)
        return 7


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    job = Job()
    monkeypatch.setattr(definitions, "REGISTER", {})
    for module in ("services", "queries", "schedule"):
        monkeypatch.setattr(f"opsdesk.duties.{module}.REGISTER", definitions.REGISTER)
    definitions.register([Duty("tests.round", "0 9,14,18 * * *", "O3", job, "Round", every_slot=True)])
    DutyState.objects.create(name="tests.round", since=at(8))
    return job


def duty() -> Duty:
    return definitions.REGISTER["tests.round"]


def test_the_newest_slot_is_found_at_the_minute_itself_and_after() -> None:
    rounds = Duty("x", "0 9,14,18 * * *", "O3", Job(), "x")
    assert rounds.slot_before(at(9)) == at(9)
    assert rounds.slot_before(at(8, 59)) == at(18, day=10)
    assert rounds.slot_before(at(13, 59)) == at(9)
    assert rounds.slots(after=at(9), until=at(18)) == [at(14), at(18)]


def test_the_slot_stands_at_shanghai_time_whatever_zone_the_moment_has() -> None:
    utc = datetime.fromisoformat("2026-06-11T01:00:00+00:00")
    assert Duty("x", "0 9,14,18 * * *", "O3", Job(), "x").slot_before(utc) == at(9)


def test_a_slot_runs_once_however_often_it_is_woken(job: Job) -> None:
    assert run_slot(duty=duty(), slot=at(9), now=at(9)) == 7
    assert run_slot(duty=duty(), slot=at(9), now=at(9)) is None
    assert tick(now=at(9, 1)) == 0
    assert job.slots == [at(9)]
    run = DutyRun.objects.get()
    assert (run.outcome, run.hits, run.late) == ("done", 7, False)


def test_the_tick_catches_up_every_missed_slot_and_marks_it_late(job: Job) -> None:
    assert tick(now=at(14, 10)) == 2
    assert job.slots == [at(9), at(14)]
    assert list(DutyRun.objects.values_list("late", flat=True)) == [True, True]
    assert heartbeat() == at(14, 10)


def test_a_scan_catches_up_its_newest_slot_only(job: Job) -> None:
    definitions.REGISTER["tests.round"] = Duty("tests.round", "0 9,14,18 * * *", "O14", job, "Scan")
    tick(now=at(18, 5))
    assert job.slots == [at(18)]


def test_nothing_is_caught_up_from_before_the_duty_existed(job: Job) -> None:
    DutyState.objects.update(since=at(9, 30))
    tick(now=at(13))
    assert job.slots == []


def test_a_failed_slot_is_tried_again_and_given_up_after_five_attempts(job: Job) -> None:
    job.failing = True
    for minute in range(1, 9):
        tick(now=at(9, minute))
    run = DutyRun.objects.get()
    assert (run.outcome, run.attempts, run.error) == ("failed", 5, "ValueError: broken")

    DutyRun.objects.update(attempts=1)
    job.failing = False
    tick(now=at(9, 10))
    run.refresh_from_db()
    assert (run.outcome, run.error, job.slots) == ("done", "", [at(9)])


def test_a_slot_whose_worker_died_is_taken_over(job: Job) -> None:
    DutyRun.objects.create(duty="tests.round", slot=at(9), started_at=at(9))
    assert tick(now=at(9, 5)) == 0
    assert tick(now=at(9, 7)) == 1


def test_a_gap_is_seen_until_the_slot_is_done(job: Job) -> None:
    assert gaps(at(9, 4)) == []
    assert [(gap.duty, gap.slot) for gap in gaps(at(9, 5))] == [("tests.round", at(9))]
    run_slot(duty=duty(), slot=at(9), now=at(9, 6))
    assert gaps(at(9, 7)) == []


def test_a_duty_can_be_run_as_if_the_clock_stood_elsewhere(job: Job) -> None:
    assert run_at(name="tests.round", now=at(9, 20)) == 7
    assert run_at(name="tests.round", now=at(9, 21)) == 7
    run = DutyRun.objects.get()
    assert (run.slot, run.late, run.hits) == (at(9), True, 7)


def test_beats_schedule_holds_every_duty_with_its_crontab(job: Job) -> None:
    schedule = beat_schedule()
    assert set(schedule) == {"tests.round", "duties.tick", "outbox.sweep", "imports.sweep"}
    crontab = schedule["tests.round"]["schedule"]
    assert (crontab.hour, crontab.minute) == ({9, 14, 18}, {0})


def test_slots_are_not_moved_by_a_far_clock(job: Job) -> None:
    assert tick(now=at(9) + timedelta(days=30)) == 9
