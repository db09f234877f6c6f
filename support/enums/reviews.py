"""Vocabulary of product reviews."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ReviewState(models.TextChoices):
    """Whether the shop has answered. SOP: S14"""

    NEW = "new", pgettext_lazy("product review", "New")
    REPLIED = "replied", pgettext_lazy("product review", "Replied")
