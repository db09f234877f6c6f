"""A real Celery worker: it does what beat sends, and being killed in the middle loses and doubles nothing."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.celery import app
from opsdesk.duties.models import DutyRun, Outcome
from opsdesk.duties.services import sync_duties
from opsdesk.duties.watchdog import GAP
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import Work, raise_many
from opsdesk.notifications.models import Notice
from tests.builders import NOW, a_user
from tests.kit import servers
from tests.kit.waiting import until

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
ITEMS = 3_000
STEPS = 3  # remind, supervisor, manager: all are due
DUTY = "inbox.escalate"


def test_a_worker_does_the_duty_that_beat_sends(log: Path) -> None:
    raise_many([Work(GAP.code, "duty", "d", due_at=NOW, params={"duty": "d"})], now=NOW - timedelta(hours=1))
    a_user(Role.TECHNICAL)
    with servers.worker(log):
        app.send_task("duties.run", args=[DUTY])
        until(lambda: DutyRun.objects.filter(duty=DUTY, outcome=Outcome.DONE).exists())
    assert DutyRun.objects.get(duty=DUTY).hits == STEPS
    assert Notice.objects.count() == 1  # nobody holds the supervisor's or the manager's role here


def killed_in_the_middle(log: Path, app_module: str = "opsdesk") -> tuple[int, int]:
    """Kill the worker with SIGKILL while it escalates, let another one finish; (items done, notices written)."""
    sync_duties(now=NOW)
    a_user(Role.TECHNICAL)
    works = [Work(GAP.code, "duty", f"d_{n}", due_at=NOW, params={"duty": "d"}) for n in range(ITEMS)]
    raise_many(works, now=NOW - timedelta(hours=1))
    ours = WorkItem.objects.filter(subject_id__startswith="d_")
    with servers.worker(log, app=app_module) as first:
        app.send_task("duties.run", args=[DUTY])
        until(lambda: Notice.objects.exists())
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert 0 < Notice.objects.count() < ITEMS, "the kill came too early or too late to prove anything"
    # six minutes later the slot counts as abandoned
    DutyRun.objects.update(started_at=NOW - timedelta(minutes=7))
    with servers.worker(log.with_suffix(".second"), app=app_module):
        app.send_task("duties.tick")
        until(lambda: not ours.filter(next_step_at__isnull=False).exists())
    return ours.filter(steps_taken=STEPS).count(), Notice.objects.filter(subject_id__startswith="d_").count()


def test_a_worker_killed_in_a_scan_loses_and_doubles_nothing(log: Path) -> None:
    assert killed_in_the_middle(log) == (ITEMS, ITEMS)


def test_without_one_transaction_a_batch_the_same_kill_doubles(log: Path) -> None:
    """Negative control: notices are written before the steps, in transactions of their own and without their key."""
    done, notices = killed_in_the_middle(log, "tests.kit.careless_escalation")
    assert done == ITEMS
    assert notices > ITEMS
