"""A worker whose escalation is careless: every statement commits by itself, and notices have a fresh key each time.

The negative control of the kill test: with this code the kill must double notices.
"""

from itertools import count
from os import getpid
from time import sleep

import django

from opsdesk.celery import app

django.setup()

from opsdesk.inbox import services  # noqa: E402 - models need the applications
from opsdesk.inbox.models import WorkItem  # noqa: E402
from opsdesk.inbox.queries import due_for_escalation  # noqa: E402
from opsdesk.notifications import services as notifications  # noqa: E402

_serial = count()


def _careless_batch(now: object) -> int:
    items = list(due_for_escalation(now)[:500])  # type: ignore[arg-type]
    tellings = []
    for item in items:
        telling = services._telling(item)
        message = notifications.Message(
            telling.message.kind, f"{getpid()}:{next(_serial)}", telling.message.text, "duty", item.subject_id
        )
        tellings.append(notifications.Telling(message, telling.role, telling.shop_id))
    notifications.tell_roles(tellings, now=now)  # type: ignore[arg-type]
    sleep(0.5)  # the kill comes here
    WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(steps_taken=3, next_step_at=None)
    return len(tellings)


services._escalate_batch = _careless_batch  # type: ignore[assignment]

__all__ = ["app"]
