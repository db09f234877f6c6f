"""The kernel of opsdesk and its composition root: what every shop app stands on, and how they are put together."""

from opsdesk.celery import app as celery_app

__all__ = ["celery_app"]
