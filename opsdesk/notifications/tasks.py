"""Sending what is due."""

from celery import shared_task

from opsdesk.common import clock
from opsdesk.notifications.services import claim_due, record_sent, send

MAX_BATCHES = 20  # what one sweep takes at most; the next one follows in seconds


@shared_task(name="outbox.sweep")
def sweep(**_: object) -> int:
    """Send every notice that is due; runs every 15 seconds."""
    sent = 0
    for _batch in range(MAX_BATCHES):
        notices = claim_due(now=clock.now())
        for notice in notices:
            record_sent(notice=notice, outcome=send(notice, now=clock.now()), now=clock.now())
        sent += len(notices)
        if not notices:
            break
    return sent
