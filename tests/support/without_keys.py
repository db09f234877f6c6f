"""opsdesk as a WSGI application that looks whether a key is known, and only afterwards keeps it."""

import time
from typing import Any

from opsdesk.wsgi import application  # loads the apps: it comes first

# isort: split

from opsdesk.doors.api import idempotency
from opsdesk.doors.models import IdempotencyRecord
from orders.services import intake

__all__ = ["application"]

PAUSE = 0.05  # seconds between looking and writing


def _begin(*, actor: Any, key: str, print_: str, now: Any) -> Any:
    kept = IdempotencyRecord.objects.filter(key=key).first()
    time.sleep(PAUSE)
    return idempotency.StoredAnswer(kept.status, kept.body) if kept else None


def _finish(*, actor: Any, key: str, answer: Any) -> None:
    IdempotencyRecord(
        caller=f"{actor.kind}:{actor.id}:{time.monotonic_ns()}", key=key, status=answer.status, body=answer.body
    ).save()


idempotency.begin = _begin
idempotency.finish = _finish
intake._serialise = lambda cases: None
intake._find_existing = lambda cases: None
