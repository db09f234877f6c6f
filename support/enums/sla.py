"""Vocabulary of clocks and promises."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClockKind(models.TextChoices):
    """What a clock measures. SOP: S3, S4a, S8, S9"""

    ACK = "ack", _("Acknowledgement")
    FIRST_RESPONSE_LIVE = "first_response_live", _("First answer in a conversation")
    FIRST_RESPONSE = "first_response", _("First answer")
    NEXT_RESPONSE = "next_response", _("Next answer")
    SOLUTION = "solution_48h", _("Solution")
    PROMISE = "promise", _("Promise")


class ClockState(models.TextChoices):
    """How a clock stands; derived from its times."""

    RUNNING = "running", pgettext_lazy("clock", "Running")
    PAUSED = "paused", pgettext_lazy("clock", "Paused")
    MET = "met", pgettext_lazy("clock", "In time")
    LATE = "late", pgettext_lazy("clock", "Late")
    BREACHED = "breached", pgettext_lazy("clock", "Overdue")
    ENDED = "ended", pgettext_lazy("clock", "Ended without an answer")


class EndReason(models.TextChoices):
    """Why a clock ended without what it waited for."""

    RESOLVED = "resolved", pgettext_lazy("clock", "Ticket resolved")
    MERGED = "merged", pgettext_lazy("clock", "Ticket merged")
    PROMISE_BROKEN = "broken", pgettext_lazy("clock", "Promise broken")


class PromiseState(models.TextChoices):
    """What became of a promise. SOP: S9"""

    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    BROKEN = "broken", pgettext_lazy("promise", "Broken")
    MOVED = "moved", pgettext_lazy("promise", "Moved to another ticket")


class BudgetDesk(models.TextChoices):
    """By what the average answer is looked at. SOP: S4a"""

    SHOP = "shop", _("Shop")
    TEAM = "team", _("Team")
