"""Vocabulary of receipt, contact and settlement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactOutcome(models.TextChoices):
    """What came of asking a customer whether the goods have arrived. SOP: O16"""

    RECEIVED = "received", _("Received")
    NOT_RECEIVED = "not_received", _("Not received")
    UNREACHABLE = "unreachable", _("Not reached")


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class SettlementState(models.TextChoices):
    OPEN = "open", _("To settle")
    SETTLED = "settled", _("Settled")
