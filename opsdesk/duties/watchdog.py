"""Tells the technical desk of duties that were not done; beat itself standing still is seen on everybody's home page."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import REGISTER
from opsdesk.duties.queries import gaps
from opsdesk.inbox.kinds import Kind
from opsdesk.inbox.services import Work, raise_many, resolve

GAP = Kind(
    "duties.gap",
    mark("Duties not done"),
    mark("Duty not done: %(duty)s"),
    Role.TECHNICAL,
    lambda name: f"{reverse('admin:duties_dutyrun_changelist')}?duty={name}",
    "G13",
)


@transaction.atomic
def watch(*, now: datetime) -> int:
    """Raise work for every duty with a gap, and close it when the gap is; returns the number of gaps. SOP: G13"""
    owed = gaps(now)
    raise_many([Work(GAP.code, "duty", gap.duty, due_at=now, params={"duty": gap.duty}) for gap in owed], now=now)
    done = REGISTER.keys() - {gap.duty for gap in owed}
    resolve(kind=GAP.code, subject_ids=sorted(done), outcome="done", actor=SYSTEM, now=now)
    return len(owed)
