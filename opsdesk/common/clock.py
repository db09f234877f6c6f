"""The one place that reads the time. Doors, tasks and commands read it; services and rules are given it."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()  # noqa: TID251 - the one place
