"""The clock of ten seconds: each step of it wakes a worker; the row decides."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from opsdesk.duties.alarms import drop_alarms, due_members, set_alarms
from support.models import TicketClock
from support.queries.sla.clocks import live_steps
from support.services.sla.reckoning import LIVE

ALARM = "support.live_clocks"


def watch(rows: Iterable[TicketClock]) -> None:
    """After the commit, wake somebody at the next step of each live clock, and nobody for those that are answered.

    SOP: S3
    """
    live = [row for row in rows if row.kind in LIVE]
    if not live:
        return
    steps = {row.public_id: row.next_step_at for row in live if row.next_step_at and row.is_open}
    gone = [row.public_id for row in live if row.public_id not in steps]
    transaction.on_commit(lambda: _note(steps, gone))


def refill(now: datetime) -> int:
    """Put the steps of the open live clocks back into an empty Redis; returns how many were missing. SOP: S3"""
    steps = live_steps()
    drop_alarms(ALARM, [member for member in due_members(ALARM, now) if member not in steps])
    return set_alarms(ALARM, steps)


def _note(steps: dict[str, datetime], gone: list[str]) -> None:
    set_alarms(ALARM, steps)
    drop_alarms(ALARM, gone)
