"""Vocabulary of orders that staff enter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryChannel(models.TextChoices):
    """How the order reached the person who entered it. SOP: O1"""

    PHONE = "phone", _("Phone")
    WECHAT = "wechat", _("WeChat")
    OTHER = "other", pgettext_lazy("channel", "Other")
    RESHIP = "reship", _("Sent again")


class EntryState(models.TextChoices):
    """Where the second person's word on the price, or on goods for nothing, stands."""

    STANDS = "stands", _("No approval needed")
    AWAITING = "awaiting", _("Awaiting approval")
    APPROVED = "approved", pgettext_lazy("price", "Approved")
    REJECTED = "rejected", pgettext_lazy("price", "Rejected")
    WITHDRAWN = "withdrawn", _("Order cancelled meanwhile")


class ReshipCause(models.TextChoices):
    """Why goods are sent once more for nothing."""

    LOST = "lost", _("Lost on the way")
    DAMAGED = "damaged", _("Damaged on the way")
    MISSING = "missing", _("Pieces missing")
    WRONG_ITEM = "wrong_item", _("Wrong item sent")
