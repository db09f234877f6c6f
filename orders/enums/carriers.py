"""Vocabulary of carriers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Paper(models.TextChoices):
    """What is stuck onto a parcel."""

    WAYBILL = "waybill", _("Waybill")
    CARTON = "carton", _("Carton label")


class Layout(models.TextChoices):
    """The sizes of labels, in millimetres."""

    LARGE = "100x150", _("100 x 150 mm")
    SMALL = "76x130", _("76 x 130 mm")


class ClaimState(models.TextChoices):
    """What the carrier says to a claim for compensation."""

    ASKED = "asked", _("Waits for the carrier")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Figure(models.TextChoices):
    """The numbers of the scorecard that open their parcels."""

    PARCELS = "parcels", _("Parcels")
    LATE = "late", _("Late")
    ON_TIME = "on_time", _("On time")
    STALLED = "stalled", _("Without news")
    TROUBLE = "trouble", _("Lost or damaged")
    CLAIMS = "claims", _("Compensation asked")
