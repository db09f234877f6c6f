"""Vocabulary of the files that selling platforms hand out."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Layout(models.TextChoices):
    """Whose export it is. SOP: O1"""

    TAOBAO = "taobao", _("Taobao and Tmall")
    DOUYIN = "douyin", _("Douyin")
    PINDUODUO = "pinduoduo", _("Pinduoduo")
    JD = "jd", _("JD.com")
    WHOLESALE = "1688", _("1688")


class Stage(StrEnum):
    """How far the platform says an order is."""

    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    DONE = "done"
    CLOSED = "closed"


class GoingBack(StrEnum):
    """What the platform says of money that goes back."""

    NONE = "none"
    UNDER_WAY = "under_way"
    PARTLY = "partly"
    ALL = "all"


class ProblemKind(models.TextChoices):
    """Why a row of a platform's file waits for a person. SOP: O1, O2"""

    HALF = "half", _("The other file is missing")
    UNMAPPED = "unmapped", _("Merchant code without SKU")
    QUANTITIES = "quantities", _("Pieces of each SKU are not stated")
    REFUSED = "refused", _("Cannot be taken in")
    LATE = "late", _("No longer possible here")


class ProblemState(models.TextChoices):
    OPEN = "open", pgettext_lazy("problem", "Open")
    SOLVED = "solved", pgettext_lazy("problem", "Solved")
    DROPPED = "dropped", pgettext_lazy("problem", "Dropped")
