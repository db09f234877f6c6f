"""Vocabulary of writing listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttributeKind(models.TextChoices):
    """What may stand in a field of a category's form. SOP: C5"""

    TEXT = "text", _("Text")
    NUMBER = "number", pgettext_lazy("kind of value", "Number")
    CHOICE = "choice", _("Choice")


class TagKind(models.TextChoices):
    """Whether a tag comes with opsdesk or was made by the shop's own staff. SOP: C8"""

    SYSTEM = "system", _("Built in")
    OWN = "own", _("Own")
