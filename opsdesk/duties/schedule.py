"""Celery beat's schedule, built from the registered duties. Beat only wakes; the slots decide."""

from typing import Any

from celery.schedules import crontab

from opsdesk.duties.definitions import REGISTER

OUTBOX_SECONDS = 15
IMPORTS_SECONDS = 5  # somebody looks at the page and waits


def beat_schedule() -> dict[str, dict[str, Any]]:
    """One entry a duty with its crontab, and three sweeps."""
    entries: dict[str, dict[str, Any]] = {
        duty.name: {"task": "duties.run", "schedule": crontab.from_string(duty.schedule), "args": (duty.name,)}
        for duty in REGISTER.values()
    }
    entries["duties.tick"] = {"task": "duties.tick", "schedule": crontab.from_string("* * * * *")}
    entries["outbox.sweep"] = {"task": "outbox.sweep", "schedule": OUTBOX_SECONDS}
    entries["imports.sweep"] = {"task": "imports.sweep", "schedule": IMPORTS_SECONDS}
    return entries
