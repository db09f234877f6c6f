"""Vocabulary of images and of the designers' desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImageFormat(models.TextChoices):
    """What an image may be; most holes of image libraries sit in other formats."""

    JPEG = "jpeg", _("JPEG")
    PNG = "png", _("PNG")
    WEBP = "webp", _("WebP")


class ImagePlace(models.TextChoices):
    """Where an image is shown; the first two are places of a listing."""

    MAIN = "main", _("Main image")
    DETAIL = "detail", _("Detail image")
    BANNER = "banner", _("Banner")
    PAGE = "page", _("Page")
    CAMPAIGN = "campaign", _("Campaign")


class AssetState(models.TextChoices):
    ACTIVE = "active", _("In use")
    ARCHIVED = "archived", _("Archived")


class ThumbnailState(models.TextChoices):
    PENDING = "pending", _("To be made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class BriefSubject(models.TextChoices):
    """What the images of a brief are for."""

    PRODUCT = "product", _("Product")
    PAGE = "page", _("Page")
    CAMPAIGN = "campaign", _("Campaign")


class BriefState(models.TextChoices):
    """How far a designer's brief is. SOP: C6"""

    OPEN = "open", _("Open")
    IN_WORK = "in_work", _("In work")
    DELIVERED = "delivered", pgettext_lazy("design", "Delivered")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", _("Accepted")
    CANCELLED = "cancelled", _("Cancelled")


class DeliveryVerdict(models.TextChoices):
    """What the asker said to one delivery."""

    WAITING = "waiting", _("To be judged")
    ACCEPTED = "accepted", _("Accepted")
    SENT_BACK = "sent_back", _("Sent back")
