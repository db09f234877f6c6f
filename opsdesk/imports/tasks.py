"""Going on with imports that are too long to wait for."""

from celery import shared_task

from opsdesk.common import clock
from opsdesk.imports.services import work_off


@shared_task(name="imports.sweep")
def sweep(**_: object) -> int:
    """Check and write what waits; runs every few seconds."""
    return work_off(now=clock.now())
