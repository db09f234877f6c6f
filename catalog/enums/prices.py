"""Vocabulary of prices."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PriceChangeState(models.TextChoices):
    """How far a price change is. One for a limited time is active until it ends, a lasting one is done at once. SOP: C10"""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SCHEDULED = "scheduled", _("Approved and scheduled")
    ACTIVE = "active", pgettext_lazy("price", "Active")
    ENDED = "ended", _("Done")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PriceSource(models.TextChoices):
    """What gave a SKU its prices."""

    OPENING = "opening", _("Prices it came with")
    LISTING = "listing", _("Listing")
    CHANGE = "change", _("Price change")
    RETURN = "return", _("End of a limited price")


class PriceReason(models.TextChoices):
    """Why a reviewer does not approve a price change. SOP: C10"""

    MARGIN = "margin", _("Margin")
    TOO_LARGE = "too_large", _("The change is too large")
    COMPETITOR = "competitor", _("Competitor's price")
    TIMING = "timing", _("Time")
    WRONG_PRICE = "wrong_price", _("Wrong price")
    OTHER = "other", _("Other, see the note")
