"""Vocabulary of solutions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Said(models.TextChoices):
    """What came of asking a customer whether it is solved. SOP: S10"""

    SOLVED = "solved", _("It is solved")
    UNSOLVED = "unsolved", _("It is not solved")
    UNREACHED = "unreached", _("The customer was not reached")


class AskedBy(models.TextChoices):
    """How the customer was asked. SOP: S10"""

    PHONE = "phone", _("Telephone")
    CHAT = "chat", _("Online chat")
    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", _("E-mail")
    SURVEY = "survey", _("Survey")
