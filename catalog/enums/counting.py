"""Vocabulary of stocktakes and of stock that does not move."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StocktakeState(models.TextChoices):
    """How far a stocktake is. SOP: C22"""

    PLANNED = "planned", _("Planned")
    COUNTING = "counting", _("Counting")
    REVIEWED = "reviewed", _("To be checked")
    POSTED = "posted", _("Posted")
    CANCELLED = "cancelled", _("Cancelled")


class VarianceReason(models.TextChoices):
    """Why the shelf and the books differ. SOP: C22"""

    MISCOUNT = "miscount", _("Counted or booked wrongly before")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")
    UNRECORDED = "unrecorded", _("Came or went without a booking")
    WRONG_PLACE = "wrong_place", _("Lay in another place")
    OTHER = "other", _("Other, see the note")


class SlowProposal(models.TextChoices):
    """What to do about stock that hardly moves. SOP: C23"""

    PROMOTE = "promote", _("Promote")
    RETURN = "return", _("Return to the supplier")
    DELIST = "delist", _("Take off sale")


class SlowState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Moves again")
