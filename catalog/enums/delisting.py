"""Vocabulary of taking goods off sale."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.listings import DelistReason

SCANNED = (
    DelistReason.OUT_OF_STOCK,
    DelistReason.DISCONTINUED,
    DelistReason.SLOW_MOVING,
    DelistReason.EXPIRED,
    DelistReason.QUALITY,
)


BETWEEN = "/"  # the two figures of what was found, such as complaints and days


class DelistMode(models.TextChoices):
    """What happens when a reason is found: nothing, a question to a person, or delisting at once. SOP: C20"""

    OFF = "off", pgettext_lazy("delist rule", "Off")
    ASK = "ask", _("Ask")
    AUTOMATIC = "automatic", pgettext_lazy("delist rule", "At once")


class DelistState(models.TextChoices):
    OPEN = "open", pgettext_lazy("delist question", "Open")
    ACCEPTED = "accepted", _("Taken off sale")
    DECLINED = "declined", _("Stays on sale")
    WITHDRAWN = "withdrawn", _("No longer so")
