"""Vocabulary of products and listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    DELISTED = "delisted", _("Delisted")


class RevisionState(models.TextChoices):
    """Where one revision of a listing stands. SOP: C4, C13, C14"""

    DRAFT = "draft", _("Draft")
    MATERIAL_REVIEW = "material_review", _("Material review")
    FINAL_REVIEW = "final_review", _("Release review")
    APPROVED = "approved", _("Approved")
    LISTED = "listed", _("Listed")
    DELISTED = "delisted", _("Delisted")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    REJECTED = "rejected", _("Rejected")
    ARCHIVED = "archived", _("Archived")


class Severity(models.TextChoices):
    """An error blocks the submission, a warning is shown to the reviewers."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


class WordKind(models.TextChoices):
    """Why a word may not be used."""

    BANNED = "banned_word", _("Banned word")
    FALSE_CLAIM = "false_claim", _("False claim")


class ImageKind(models.TextChoices):
    MAIN = "main", _("Main image")
    DETAIL = "detail", _("Detail image")


class DelistReason(models.TextChoices):
    """Why a listing is taken off sale. SOP: C20"""

    OUT_OF_STOCK = "out_of_stock", _("Out of stock")
    DISCONTINUED = "discontinued", _("Discontinued")
    SLOW_MOVING = "slow_moving", _("Slow-moving")
    EXPIRED = "expired", _("Expired")
    QUALITY = "quality", _("Quality problem")
    POLICY = "policy", _("Change of policy")
    CAMPAIGN = "campaign", _("Campaign")


class ReviewReason(models.TextChoices):
    """Why a reviewer does not approve a listing. SOP: C4, C13"""

    INCOMPLETE = "incomplete", _("Information is missing")
    INACCURATE = "inaccurate", _("Information is wrong")
    BANNED_WORDS = "banned_words", _("Banned words")
    FALSE_CLAIM = "false_claim", _("False claim")
    CATEGORY = "category", _("Wrong category")
    PRICE = "price", _("Price or margin")
    IMAGES = "images", _("Images")
    DUPLICATE = "duplicate", _("Listed already")
    OTHER = "other", _("Other, see the note")


class ChangeKind(models.TextChoices):
    """What an update of a product changes. SOP: C21"""

    STYLE = "style", _("Style")
    FUNCTION = "function", _("Function")
    PACKAGING = "packaging", _("Packaging")
    OTHER = "other", _("Other")


class CheckState(models.TextChoices):
    """What came of looking at a published listing. SOP: C15"""

    PENDING = "pending", _("To do")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("No longer needed")
