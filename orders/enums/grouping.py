"""Vocabulary of orders that share a parcel, and of orders that need several."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupState(models.TextChoices):
    """Where orders stand that were proposed for one parcel. SOP: O7"""

    ACCEPTED = "accepted", pgettext_lazy("parcel group", "One parcel")
    REFUSED = "refused", pgettext_lazy("parcel group", "Refused")
    DISSOLVED = "dissolved", pgettext_lazy("parcel group", "Dissolved")
    SHIPPED = "shipped", pgettext_lazy("parcel group", "Shipped")


class SplitKind(models.TextChoices):
    """Why one order does not go in one parcel. SOP: O7"""

    PLACES = "places", _("In several warehouses")
    SHORT = "short", _("A part is short of stock")


class SplitState(models.TextChoices):
    """What was decided on it."""

    ACCEPTED = "accepted", pgettext_lazy("split", "Split")
    REFUSED = "refused", pgettext_lazy("split", "Refused")
