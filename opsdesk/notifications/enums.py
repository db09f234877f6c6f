"""Vocabulary of notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the app")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


class NoticeState(models.TextChoices):
    """What has become of a notice; derived from its times."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", pgettext_lazy("notice", "Sent")
    GIVEN_UP = "given_up", pgettext_lazy("notice", "Given up")
