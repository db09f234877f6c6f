"""Columns that name members of staff."""

from typing import Any

from django.conf import settings
from django.db import models


def person(label: Any) -> Any:
    """A member of staff; None for the system."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label)
