"""The same key makes the same thing once, and answers the same."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Malformed
from opsdesk.common.text import mark
from opsdesk.doors.models import IdempotencyRecord

KEPT = timedelta(hours=48)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class KeyReused(Invalid):
    """The key was used for another request."""

    code = "idempotency_key_reused"
    message = mark("This Idempotency-Key was used for another request.")


@dataclass(frozen=True)
class StoredAnswer:
    """What the first call was answered."""

    status: int
    body: str


def check_key(key: str | None) -> str:
    """Raises: Malformed, when the key is missing or not 1 to 255 visible ASCII characters."""
    if not key:
        raise Malformed(mark("The header Idempotency-Key is required."), code="idempotency_key_required")
    if not _KEY.fullmatch(key):
        raise Malformed(mark("The Idempotency-Key has 1 to 255 visible ASCII characters."), code="invalid_idempotency_key")
    return key


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What must be equal for two calls to be the same one."""
    return hashlib.sha256(f"{method} {path}\n".encode() + body).hexdigest()


def begin(*, actor: Actor, key: str, print_: str, now: datetime) -> StoredAnswer | None:
    """Take the key in the call's own transaction; the stored answer if somebody had it before.

    A second call waits here until the first one has committed or failed, at most as long as the lock time-out.
    Raises: KeyReused.
    """
    caller = f"{actor.kind}:{actor.id}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO doors_idempotencyrecord (caller, key, fingerprint, status, body, created_at) "
            "VALUES (%s, %s, %s, 0, '', %s) ON CONFLICT (caller, key) DO NOTHING RETURNING id",
            [caller, key, print_, now],
        )
        if cursor.fetchone():
            return None
    kept = IdempotencyRecord.objects.get(caller=caller, key=key)
    if kept.fingerprint != print_:
        raise KeyReused()
    return StoredAnswer(kept.status, kept.body)


def finish(*, actor: Actor, key: str, answer: StoredAnswer) -> None:
    """Keep the answer beside the key."""
    records = IdempotencyRecord.objects.filter(caller=f"{actor.kind}:{actor.id}", key=key)
    records.update(status=answer.status, body=answer.body)


def forget_old(*, now: datetime) -> int:
    """Drop keys older than KEPT; returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT).delete()[0]
