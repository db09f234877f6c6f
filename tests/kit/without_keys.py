"""opsdesk as a WSGI application that looks whether a key is known, and only afterwards keeps it."""

import time
from typing import Any

from opsdesk.wsgi import application  # loads the apps: it comes first

# isort: split

from django.db import connection

from opsdesk.doors.api import idempotency
from opsdesk.doors.models import IdempotencyRecord
from orders.services.intake import receiving as intake

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


def _draw(cases: Any) -> None:
    with connection.cursor() as cursor:
        for case in cases:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('orders_order', 'id')), nextval('orders_number')")
            case.ids = intake.FreshIds(*cursor.fetchone())


idempotency.begin = _begin
idempotency.finish = _finish
vars(intake)["_serialise"] = _draw
vars(intake)["_find_existing"] = lambda cases: None
