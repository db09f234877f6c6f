"""Vocabulary of customer care."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactBy(models.TextChoices):
    """How a customer likes to be reached. SOP: S15"""

    ANY = "any", pgettext_lazy("contact", "Any way")
    PHONE = "phone", _("Telephone")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    WECHAT = "wechat", _("WeChat")


class CallState(models.TextChoices):
    """Where a return visit by telephone stands. SOP: S16"""

    PLANNED = "planned", pgettext_lazy("return visit", "Planned")
    DONE = "done", pgettext_lazy("return visit", "Done")
    GIVEN_UP = "given_up", _("Not reached, given up")
    CANCELLED = "cancelled", pgettext_lazy("return visit", "Cancelled")


class CallOutcome(models.TextChoices):
    """What came of a return visit. SOP: S16"""

    CONTENT = "content", pgettext_lazy("return visit", "Content")
    UNHAPPY = "unhappy", pgettext_lazy("return visit", "Not content")
    UNREACHED = "unreached", _("The customer was not reached")


class BroadcastChannel(models.TextChoices):
    """By what a broadcast goes out. SOP: S17"""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    SOCIAL = "social", _("Social account")


class BroadcastKind(models.TextChoices):
    """What it is about. SOP: S17"""

    PRODUCT = "product", _("About products")
    PROMOTION = "promotion", _("About a promotion")
    MEMBER = "member", _("For members")


class BroadcastState(models.TextChoices):
    """Where a broadcast stands. SOP: S17"""

    DRAFT = "draft", pgettext_lazy("broadcast", "Draft")
    APPROVED = "approved", pgettext_lazy("broadcast", "Approved")
    SENT = "sent", pgettext_lazy("broadcast", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("broadcast", "Cancelled")
