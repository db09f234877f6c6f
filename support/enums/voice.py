"""Vocabulary of problems and reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActionState(models.TextChoices):
    """Where a measure against a problem stands; only its metric closes it. SOP: S12"""

    OPEN = "open", pgettext_lazy("problem", "Measure wanted")
    WATCHED = "watched", pgettext_lazy("problem", "Being watched")
    IMPROVED = "improved", pgettext_lazy("problem", "Improved")
    NOT_IMPROVED = "not_improved", pgettext_lazy("problem", "Not improved")


class ReportKind(models.TextChoices):
    """How long a report looks back. SOP: S13, S21"""

    WEEK = "week", _("Week")
    MONTH = "month", _("Month")


class ReportState(models.TextChoices):
    """Where a report stands. SOP: S21"""

    DRAFT = "draft", pgettext_lazy("report", "Conclusions wanted")
    PUBLISHED = "published", pgettext_lazy("report", "Published")


class ReportTaskState(models.TextChoices):
    """Where a task of a report stands. SOP: S21"""

    OPEN = "open", pgettext_lazy("task", "Open")
    DONE = "done", pgettext_lazy("task", "Done")
