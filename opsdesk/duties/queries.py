"""What the schedule owes: seen by operators, not only by IT."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from opsdesk.duties.definitions import REGISTER
from opsdesk.duties.models import DutyRun, DutyState, Outcome

TICK = "duties.tick"
GRACE = timedelta(minutes=5)  # a slot without a finished run is a gap after this time


@dataclass(frozen=True)
class Gap:
    """A slot that should have been done by now."""

    duty: str
    title: str
    slot: datetime


def heartbeat() -> datetime | None:
    """When the minute tick last ran, None if it never did."""
    return DutyState.objects.filter(name=TICK).values_list("since", flat=True).first()


def gaps(now: datetime) -> list[Gap]:
    """Every duty whose newest slot has no finished run though its grace has passed. SOP: O3, G13"""
    since = dict(DutyState.objects.values_list("name", "since"))
    done = dict(
        DutyRun.objects.filter(outcome=Outcome.DONE).values("duty").annotate(last=Max("slot")).values_list("duty", "last")
    )
    found = []
    for duty in REGISTER.values():
        slot = duty.slot_before(now - GRACE)
        expected = duty.name in since and slot > since[duty.name]
        if expected and done.get(duty.name, slot - GRACE) < slot:
            found.append(Gap(duty.name, duty.title, slot))
    return found
