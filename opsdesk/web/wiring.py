"""The last step of putting the house together: beat's schedule from every registered duty."""

from opsdesk.celery import app
from opsdesk.duties.schedule import beat_schedule


def register() -> None:
    """Called once, after every app has registered its duties."""
    app.conf.beat_schedule = beat_schedule()
