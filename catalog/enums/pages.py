"""Vocabulary of store pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PageKind(models.TextChoices):
    """Where in the shop a page stands. SOP: C25"""

    HOME = "home", _("Home page")
    DETAIL = "detail", _("Detail page")
    CAMPAIGN = "campaign", _("Campaign page")


class PageState(models.TextChoices):
    """Where one version of a page stands. SOP: C25"""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    REJECTED = "rejected", _("Rejected")
    APPROVED = "approved", _("Approved")
    LIVE = "live", pgettext_lazy("page", "Live")
    REPLACED = "replaced", _("Replaced")


class BlockKind(models.TextChoices):
    """What a page is made of."""

    BANNER = "banner", _("Banner")
    TEXT = "text", _("Text")
    PRODUCTS = "products", _("Products")


class PageReviewState(models.TextChoices):
    PENDING = "pending", _("To do")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("No longer needed")


class PageAspect(models.TextChoices):
    """What the designer looks at. SOP: C25"""

    LAYOUT = "layout", _("Layout")
    COLOURS = "colours", _("Colours")
    SPEED = "speed", _("Load speed")


class FindingState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")


class PageReason(models.TextChoices):
    """Why a page is not approved. SOP: C25"""

    INACCURATE = "inaccurate", _("Information is wrong")
    BANNED_WORDS = "banned_words", _("Banned words")
    IMAGES = "images", _("Images")
    LAYOUT = "layout", _("Layout or colours")
    OTHER = "other", _("Other, see the note")
