"""Vocabulary of surveys."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SurveyState(models.TextChoices):
    """Where a question to a customer stands; whether its time is over is derived. SOP: S11"""

    SENT = "sent", pgettext_lazy("survey", "Sent")
    ANSWERED = "answered", pgettext_lazy("survey", "Answered")
    FOLLOW_UP = "follow_up", _("Somebody talks with the customer")
    DONE = "done", _("Talked with the customer")
