"""Kinds of days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayType(models.TextChoices):
    WORKDAY = "workday", _("Working day")
    WEEKEND = "weekend", _("Weekend")
    HOLIDAY = "holiday", _("Public holiday")
    ADJUSTED_WORKDAY = "adjusted_workday", _("Make-up working day")
