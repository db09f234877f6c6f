"""Vocabulary of the knowledge base, the bot, and how agents speak."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ArticleKind(models.TextChoices):
    """What an article is about. SOP: S7"""

    PRODUCT = "product", _("Product")
    PROMOTION = "promotion", _("Promotion")
    ORDERING = "ordering", _("How to order")
    POLICY = "policy", _("Policy")
    GUIDANCE = "guidance", _("Operating guidance")


class ArticleState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("article", "Draft")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    RETIRED = "retired", pgettext_lazy("article", "Retired")


class PhraseKind(models.TextChoices):
    """Why a phrase is not for customers. SOP: S19"""

    IMPOLITE = "impolite", _("Impolite")
    PROMISE = "promise", _("Promises too much")
    OUTSIDE = "outside", _("Leads off the platform")
    OTHER = "other", pgettext_lazy("phrase", "Other")


class PresenceState(models.TextChoices):
    """Whether an agent takes conversations. SOP: S19"""

    ONLINE = "online", pgettext_lazy("presence", "Online")
    BUSY = "busy", pgettext_lazy("presence", "Busy")
    OFFLINE = "offline", pgettext_lazy("presence", "Offline")


class ToneState(models.TextChoices):
    """Where the judgement of a conversation stands. SOP: S19"""

    OPEN = "open", pgettext_lazy("tone", "To be scored")
    COACHING = "coaching", pgettext_lazy("tone", "To be talked over")
    DONE = "done", pgettext_lazy("tone", "Done")


class HandOver(models.TextChoices):
    """Why the bot gives a conversation to a person. SOP: S18"""

    ASKED = "asked", _("The customer asked for a person")
    COMPLAINT = "complaint", _("It is a complaint")
    UNKNOWN = "unknown", _("The bot knows no answer")
    TIRED = "tired", _("The bot has answered often enough")
    TAKEN = "taken", _("An agent stepped in")


class BotState(models.TextChoices):
    """Where the bot's conversation stands. SOP: S18"""

    TALKING = "talking", pgettext_lazy("bot", "Talking")
    HANDED_OVER = "handed_over", pgettext_lazy("bot", "Handed over")
    ANSWERED = "answered", pgettext_lazy("bot", "Answered by the bot alone")
