"""Images: what places demand of them, the library, and the briefs from which designers work."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from catalog.enums.media import (
    AssetState,
    BriefState,
    BriefSubject,
    DeliveryVerdict,
    ImageFormat,
    ImagePlace,
    ThumbnailState,
)
from opsdesk.common.records import PublicIdField, Record
from opsdesk.shops.enums import Platform

_LIVE_BRIEFS = ("open", "in_work", "delivered", "sent_back")


def _person(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label)


def _pixels(label: Any, **more: Any) -> Any:
    return models.PositiveIntegerField(label, **more)


class ImageStandard(Record):
    """What one place on one platform demands of an image; what is empty demands nothing, or what the parameter says.

    SOP: C6
    """

    platform = models.CharField(_("platform"), max_length=20, choices=Platform)
    place = models.CharField(_("place"), max_length=20, choices=ImagePlace)
    min_width = _pixels(_("least width"), default=1)
    max_width = _pixels(_("greatest width"), null=True)
    min_height = _pixels(_("least height"), default=1)
    max_height = _pixels(_("greatest height"), null=True)
    aspect_width = _pixels(_("ratio: width"), null=True)
    aspect_height = _pixels(_("ratio: height"), null=True)
    max_kilobytes = _pixels(_("largest file (KB)"), null=True)
    formats = ArrayField(models.CharField(max_length=10, choices=ImageFormat), verbose_name=_("formats"))
    white_border = models.PositiveSmallIntegerField(_("white border (percent)"), null=True, validators=[MaxValueValidator(100)])
    min_sharpness = _pixels(_("least sharpness"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("image standard")
        verbose_name_plural = _("image standards")
        constraints = [
            models.UniqueConstraint(fields=["platform", "place"], name="imagestandard_once"),
            models.CheckConstraint(
                condition=Q(max_width=None) | Q(max_width__gte=models.F("min_width")), name="imagestandard_width"
            ),
            models.CheckConstraint(
                condition=Q(max_height=None) | Q(max_height__gte=models.F("min_height")), name="imagestandard_height"
            ),
            models.CheckConstraint(
                condition=Q(aspect_width=None, aspect_height=None) | Q(aspect_width__gt=0, aspect_height__gt=0),
                name="imagestandard_ratio",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} · {self.get_place_display()}"


class MediaAsset(Record):
    """One image of the library. Only the clean copy is kept: encoded anew, without EXIF, under a name of our own.

    `source_sha256` is the hash of the file that was uploaded, so that the same file is not taken twice; `grams` and
    `bands` are what searches by text and by likeness go by.
    SOP: C6
    """

    public_id = PublicIdField(prefix="img")
    title = models.CharField(_("title"), max_length=120)
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=AssetState, default=AssetState.ACTIVE)
    place = models.CharField(_("made for"), max_length=20, choices=ImagePlace, blank=True)
    file = models.CharField(max_length=100, unique=True, editable=False)
    source_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    format = models.CharField(_("format"), max_length=10, choices=ImageFormat)
    width = _pixels(_("width"))
    height = _pixels(_("height"))
    size = _pixels(_("bytes"))
    white_border = models.PositiveSmallIntegerField(_("white border (percent)"))
    sharpness = _pixels(_("sharpness"))
    watermark = models.BooleanField(_("watermark suspected"), default=False)
    dhash = models.BigIntegerField(editable=False)
    bands = ArrayField(models.IntegerField(), editable=False)
    grams = ArrayField(models.CharField(max_length=8), editable=False)
    warnings = models.JSONField(_("warnings"), default=list)
    uploaded_by = _person(_("uploaded by"))
    uploader_label = models.CharField(_("uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("uploaded"))
    thumbnails = models.CharField(_("thumbnails"), max_length=10, choices=ThumbnailState, default=ThumbnailState.PENDING)
    thumbnails_due_at = models.DateTimeField(null=True)
    thumbnail_attempts = models.PositiveSmallIntegerField(default=0)
    thumbnail_error = models.CharField(_("why the thumbnails failed"), max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        default_permissions = ("view", "add", "change")
        indexes = [
            GinIndex(fields=["grams"], name="mediaasset_grams"),
            GinIndex(fields=["bands"], name="mediaasset_bands"),
            models.Index(fields=["state", "-id"], name="mediaasset_state"),
            models.Index(fields=["thumbnails_due_at"], name="mediaasset_due", condition=Q(thumbnails="pending")),
        ]

    def __str__(self) -> str:
        return self.title


class DesignBrief(Record):
    """What a designer is asked for. `desk` is the role that asked and that judges; `standard` tells the size.

    SOP: C6
    """

    public_id = PublicIdField(prefix="brf")
    title = models.CharField(_("title"), max_length=120)
    subject = models.CharField(_("for"), max_length=10, choices=BriefSubject)
    product = models.ForeignKey("catalog.Product", models.PROTECT, null=True, related_name="+", verbose_name=_("product"))
    reference = models.CharField(_("page or campaign"), max_length=120, blank=True)
    standard = models.ForeignKey(ImageStandard, models.PROTECT, related_name="+", verbose_name=_("platform and place"))
    text = models.TextField(_("what is wanted"))
    links = ArrayField(models.CharField(max_length=500), verbose_name=_("reference links"), default=list)
    samples = models.ManyToManyField(MediaAsset, related_name="+", verbose_name=_("reference images"))
    state = models.CharField(_("state"), max_length=10, choices=BriefState, default=BriefState.OPEN)
    due_by = models.DateTimeField(_("due"))
    asked_by = _person(_("asked by"))
    asker_label = models.CharField(_("asked by"), max_length=150)
    desk = models.CharField(max_length=30)
    asked_at = models.DateTimeField(_("asked"))
    designer = _person(_("designer"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("design brief")
        verbose_name_plural = _("design briefs")
        default_permissions = ("view", "add")
        permissions = [
            ("deliver_designbrief", "Can deliver images for a brief"),
            ("judge_designbrief", "Can accept or send back delivered images"),
            ("comment_designbrief", "Can comment on a brief"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="product", product__isnull=False) | (~Q(subject="product") & ~Q(reference="")),
                name="designbrief_says_what_for",
            ),
        ]
        indexes = [
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="designbrief_titles"),
            models.Index(fields=["state", "-id"], name="designbrief_state"),
            models.Index(fields=["due_by"], name="designbrief_due", condition=Q(state__in=_LIVE_BRIEFS)),
        ]

    def __str__(self) -> str:
        return self.title


class BriefDelivery(models.Model):
    """One version of what the designer made for a brief, and what the asker said to it."""

    brief = models.ForeignKey(DesignBrief, models.CASCADE, related_name="deliveries")
    no = models.PositiveSmallIntegerField(_("version"))
    asset = models.ForeignKey(MediaAsset, models.PROTECT, related_name="+", verbose_name=_("image"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    delivered_by = _person(_("delivered by"))
    deliverer_label = models.CharField(_("delivered by"), max_length=150)
    delivered_at = models.DateTimeField(_("delivered"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=DeliveryVerdict, default=DeliveryVerdict.WAITING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    judged_by = _person(_("judged by"))
    judged_at = models.DateTimeField(_("judged"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["brief", "no"], name="briefdelivery_no_once"),
            models.UniqueConstraint(fields=["brief"], condition=Q(verdict="waiting"), name="briefdelivery_one_waiting"),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=models.F("delivered_by")), name="briefdelivery_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brief_id} #{self.no}"


class BriefComment(models.Model):
    """What somebody said about a brief."""

    brief = models.ForeignKey(DesignBrief, models.CASCADE, related_name="comments")
    text = models.CharField(_("comment"), max_length=1000)
    author_label = models.CharField(_("author"), max_length=150)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:40]
