"""Vocabulary of the desk's tools: tasks of departments, links, raw mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskState(models.TextChoices):
    """Where a question to a department stands. SOP: S6"""

    OPEN = "open", pgettext_lazy("task", "Open")
    ANSWERED = "answered", pgettext_lazy("task", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("task", "Withdrawn")


class LinkKind(models.TextChoices):
    """What a ticket may speak of. SOP: S2"""

    ORDER = "order", _("Order")
    RETURN = "return", _("Return")
    CARRIER_CASE = "carrier_case", _("Carrier case")
    PRODUCT = "product", _("Product")


class MailState(models.TextChoices):
    """What became of a mail that came in. SOP: S1"""

    WAITING = "waiting", pgettext_lazy("mail", "Waiting")
    TAKEN = "taken", pgettext_lazy("mail", "Taken in")
    IGNORED = "ignored", pgettext_lazy("mail", "Ignored")
    FAILED = "failed", pgettext_lazy("mail", "Failed")
