"""The states of a handover note."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandoverState(models.TextChoices):
    GIVEN = "given", _("Waiting for the next shift")
    ACCEPTED = "accepted", _("Taken over")
    SENT_BACK = "sent_back", _("Sent back")
