"""Sending what is due."""

from celery import shared_task

from opsdesk.common import clock
from opsdesk.notifications.services import claim_due, record_sent, send


@shared_task(name="outbox.sweep")
def sweep(**_: object) -> int:
    """Send every notice that is due; runs every 15 seconds."""
    notices = claim_due(now=clock.now())
    for notice in notices:
        record_sent(notice=notice, error=send(notice), now=clock.now())
    return len(notices)
