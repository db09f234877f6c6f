"""Vocabulary of taking goods off sale."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums.listings import DelistReason

SCANNED = (
    DelistReason.OUT_OF_STOCK,
    DelistReason.DISCONTINUED,
    DelistReason.SLOW_MOVING,
    DelistReason.EXPIRED,
    DelistReason.QUALITY,
)


class DelistMode(models.TextChoices):
    """What happens when a reason is found: nothing, a question to a person, or delisting at once. SOP: C20"""

    OFF = "off", _("Off")
    ASK = "ask", _("Ask")
    AUTOMATIC = "automatic", _("At once")


class DelistState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Taken off sale")
    DECLINED = "declined", _("Stays on sale")
    WITHDRAWN = "withdrawn", _("No longer so")
