"""Starting due slots, each once, whoever wakes us and however late."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from opsdesk.common.errors import NotFound
from opsdesk.common.text import mark
from opsdesk.duties.definitions import REGISTER, Duty
from opsdesk.duties.models import DutyRun, DutyState, Outcome
from opsdesk.duties.queries import TICK

LATE_AFTER = timedelta(minutes=2)
STALE_AFTER = timedelta(minutes=6)  # longer than a task may run: its worker is dead
LOOK_BACK = timedelta(days=3)
MAX_ATTEMPTS = 5
_log = logging.getLogger(__name__)


def sync_duties(*, now: datetime) -> None:
    """Note since when each registered duty is expected to run."""
    DutyState.objects.bulk_create([DutyState(name=name, since=now) for name in REGISTER], ignore_conflicts=True)


def get(name: str) -> Duty:
    """The duty of that name. Raises: NotFound."""
    if name not in REGISTER:
        raise NotFound(mark("Unknown duty: %(name)s. Known: %(known)s"), name=name, known=", ".join(sorted(REGISTER)))
    return REGISTER[name]


def tick(*, now: datetime) -> int:
    """Start every due slot that has no run yet, late ones included; returns how many were started. SOP: O3"""
    sync_duties(now=now)
    DutyState.objects.update_or_create(name=TICK, defaults={"since": now})
    since = dict(DutyState.objects.values_list("name", "since"))
    started = 0
    for duty in REGISTER.values():
        slots = _owed(duty, since[duty.name], now)
        finished = set(
            DutyRun.objects.filter(duty=duty.name, slot__in=slots, outcome=Outcome.DONE).values_list("slot", flat=True)
        )
        for slot in slots:
            started += slot not in finished and run_slot(duty=duty, slot=slot, now=now) is not None
    return started


def _owed(duty: Duty, since: datetime, now: datetime) -> list[datetime]:
    """The slots that should have run by now: all of them, or the newest where one run makes up for many."""
    if duty.every_slot:
        return duty.slots(after=max(since, now - LOOK_BACK), until=now)
    newest = duty.slot_before(now)
    return [newest] if newest > since else []


def run_slot(*, duty: Duty, slot: datetime, now: datetime) -> int | None:
    """Run one slot if nobody has; returns what it did, None when it is somebody else's or failed."""
    if not _claim(duty, slot, now):
        return None
    run = DutyRun.objects.filter(duty=duty.name, slot=slot)
    try:
        hits = duty.run(slot, now)
    except Exception as failure:
        _log.exception("duty %s failed for slot %s", duty.name, slot.isoformat())
        run.update(outcome=Outcome.FAILED, finished_at=Now(), error=f"{type(failure).__name__}: {failure}"[:300])
        return None
    run.update(outcome=Outcome.DONE, finished_at=Now(), hits=hits, error="")
    return hits


def run_at(*, name: str, now: datetime) -> int:
    """Run a duty as if the clock stood at `now`, for its newest slot; running it again is harmless.

    Raises: NotFound, and whatever the duty raises.
    """
    duty = get(name)
    slot = duty.slot_before(now)
    hits = duty.run(slot, now)
    DutyRun.objects.update_or_create(
        duty=name,
        slot=slot,
        defaults={"outcome": Outcome.DONE, "finished_at": now, "hits": hits, "error": ""},
        create_defaults={
            "started_at": now,
            "outcome": Outcome.DONE,
            "finished_at": now,
            "hits": hits,
            "late": now - slot > LATE_AFTER,
        },
    )
    return hits


def _claim(duty: Duty, slot: datetime, now: datetime) -> bool:
    """Make the slot's row, or take over one that failed or whose worker died."""
    try:
        with transaction.atomic():
            DutyRun.objects.create(duty=duty.name, slot=slot, started_at=now, late=now - slot > LATE_AFTER)
    except IntegrityError:
        abandoned = Q(outcome=Outcome.FAILED) | Q(outcome=Outcome.RUNNING, started_at__lt=now - STALE_AFTER)
        runs = DutyRun.objects.filter(abandoned, duty=duty.name, slot=slot, attempts__lt=MAX_ATTEMPTS)
        return bool(runs.update(outcome=Outcome.RUNNING, started_at=now, attempts=F("attempts") + 1))
    return True
