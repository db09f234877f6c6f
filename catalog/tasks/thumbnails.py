"""Making thumbnails: claim, let a process make them, record."""

import time
from datetime import datetime

from catalog.gateways.thumbnails import make
from catalog.services.media.thumbnails import claim_due, record_made

SECONDS = 120  # after which a sweep takes nothing more; with its last batch it stays below the tasks' time limit


def make_due(*, now: datetime) -> int:
    """Make the thumbnails of every image for which they are due; returns how many images it took on. SOP: C6"""
    taken, began = 0, time.monotonic()
    while time.monotonic() - began < SECONDS and (jobs := claim_due(now=now)):
        for job in jobs:
            error = make(source=job.source, targets=job.targets, memory=job.memory, seconds=job.seconds)
            record_made(asset_id=job.asset_id, error=error, now=now)
        taken += len(jobs)
    return taken
