"""Vocabulary of the check rounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundSlot(models.TextChoices):
    """The three times of the day at which pending orders are checked together (Asia/Shanghai). SOP: O3"""

    MORNING = "09:00", _("09:00")
    AFTERNOON = "14:00", _("14:00")
    EVENING = "18:00", _("18:00")


class RoundState(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", pgettext_lazy("round", "Open")
    LATE = "late", _("Late")
    SIGNED_OFF = "signed_off", _("Signed off")
    MISSED = "missed", _("Missed")


class RoundDecision(models.TextChoices):
    """What was decided about one order of a check round."""

    RELEASE = "release", _("Release")
    HOLD = "hold", _("Hold")
    CANCEL = "cancel", _("Cancel")
    LATER = "later", _("Leave for the next round")
