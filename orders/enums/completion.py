"""Vocabulary of receipt, contact and settlement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactOutcome(models.TextChoices):
    """What came of asking a customer whether the goods have arrived. SOP: O16"""

    RECEIVED = "received", _("Received")
    NOT_RECEIVED = "not_received", _("Not received")
    WANTS_RETURN = "wants_return", _("Wants to return")
    UNREACHABLE = "unreachable", _("Not reached")
    CALL_BACK = "call_back", _("Call back at an agreed time")


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class SettlementState(models.TextChoices):
    OPEN = "open", _("To settle")
    SETTLED = "settled", _("Settled")


class SatisfactionState(models.TextChoices):
    """Where the contact about satisfaction stands. SOP: O19"""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("To contact")
    FOLLOW_UP = "follow_up", _("To be put right")
    CLOSED = "closed", _("Closed")


class SatisfactionOutcome(models.TextChoices):
    """What the customer said. SOP: O19"""

    SATISFIED = "satisfied", _("Satisfied")
    COMPLAINT = "complaint", _("Complaint")
    NOT_REACHED = "not_reached", _("Not reached")


class InvitationState(models.TextChoices):
    """Whether a customer has been invited to a review. SOP: O19"""

    WAITING = "waiting", pgettext_lazy("invitation", "Waiting")
    SENT = "sent", _("Sent")
    WITHHELD = "withheld", _("Withheld")
