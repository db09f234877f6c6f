"""Pages of the shops: their versions, how fast they load, and the designer's look at them."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.pages import FindingState, PageAspect, PageKind, PageReviewState, PageState
from opsdesk.common.records import PublicIdField, Record

BEST = 5
_OPEN = ("draft", "changes_requested", "in_review", "approved")
_RELEASED = (PageState.APPROVED, PageState.LIVE, PageState.REPLACED)


def _person(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label)


def _score(label: Any) -> Any:
    return models.PositiveSmallIntegerField(label, null=True, validators=[MinValueValidator(1), MaxValueValidator(BEST)])


class ContentPage(Record):
    """A page of a shop. `address` is where customers see it; without one it cannot be measured.

    SOP: C25
    """

    public_id = PublicIdField(prefix="pag")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    kind = models.CharField(_("kind"), max_length=10, choices=PageKind)
    slug = models.SlugField(_("name in the address"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    address = models.URLField(_("address"), max_length=500, blank=True)
    live_version = models.ForeignKey(
        "catalog.PageVersion", models.PROTECT, null=True, related_name="+", verbose_name=_("live version")
    )
    latest_version = models.ForeignKey(
        "catalog.PageVersion", models.PROTECT, null=True, related_name="+", verbose_name=_("newest version")
    )
    look_by = models.DateTimeField(_("next designer review"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("store page")
        verbose_name_plural = _("store pages")
        default_permissions = ("view", "add", "change")
        permissions = [
            ("release_page", _("Can judge store pages")),
            ("publish_page", _("Can publish store pages")),
            ("look_at_page", _("Can review how store pages look and load")),
        ]
        constraints = [models.UniqueConstraint(fields=["shop", "kind", "slug"], name="page_once_a_shop")]
        indexes = [
            models.Index(fields=["title"], name="contentpage_title", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["xid", "id"], name="page_feed"),
            models.Index(fields=["look_by"], name="page_look_due", condition=Q(look_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.slug}"


class PageVersion(Record):
    """One version of a page; at most one is being worked on, one is live, and only what was approved goes live. SOP: C25"""

    public_id = PublicIdField(prefix="pgv")
    page = models.ForeignKey(ContentPage, models.PROTECT, related_name="versions", verbose_name=_("page"))
    no = models.PositiveIntegerField(_("version number"))
    state = models.CharField(_("state"), max_length=20, choices=PageState, default=PageState.DRAFT)
    title = models.CharField(_("title"), max_length=120, blank=True)
    blocks = models.JSONField(_("blocks"), default=list)
    asset_shas = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    author = _person(_("author"))
    author_label = models.CharField(_("author"), max_length=150)
    last_editor = _person(_("last editor"))
    editor_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    swap_at = models.DateTimeField(_("goes live at"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("page version")
        verbose_name_plural = _("page versions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "no"], name="page_version_once"),
            models.UniqueConstraint(fields=["page"], condition=Q(state__in=_OPEN), name="page_one_open_version"),
            models.UniqueConstraint(fields=["page"], condition=Q(state=PageState.LIVE), name="page_one_live_version"),
            models.CheckConstraint(
                condition=~Q(state__in=_RELEASED) | (Q(approved_hash=F("content_hash")) & ~Q(approved_hash="")),
                name="page_released_as_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["swap_at"], name="page_swap_due", condition=Q(state="approved", swap_at__isnull=False)),
            GinIndex(fields=["asset_shas"], name="page_version_assets"),
        ]

    def __str__(self) -> str:
        return f"{self.page} #{self.no}"


class PageMeasurement(models.Model):
    """What loading a page took at one time; `failure` says why it could not be loaded. SOP: C25"""

    page = models.ForeignKey(ContentPage, models.CASCADE, related_name="measurements")
    at = models.DateTimeField(_("measured"))
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    requests = models.PositiveIntegerField(_("requests"), default=0)
    time = models.DurationField(_("time to load"), null=True)
    failure = models.CharField(_("failure"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("page measurement")
        verbose_name_plural = _("page measurements")
        default_permissions = ()
        indexes = [models.Index(fields=["page", "-at"], name="page_measured")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.at:%Y-%m-%d}"

    @property
    def kilobytes(self) -> int:
        """The weight in the unit of the limit."""
        return self.size // 1000


class PageReview(Record):
    """The designer's periodic look at a live page: layout, colours, load speed, each from 1 to 5. SOP: C25"""

    public_id = PublicIdField(prefix="pgr")
    page = models.ForeignKey(ContentPage, models.PROTECT, related_name="looks", verbose_name=_("page"))
    state = models.CharField(_("state"), max_length=10, choices=PageReviewState, default=PageReviewState.PENDING)
    due_at = models.DateTimeField(_("due"))
    layout = _score(_("layout"))
    colours = _score(_("colours"))
    speed = _score(_("load speed"))
    note = models.TextField(_("note"), blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    reviewed_by = _person(_("reviewed by"))

    class Meta(Record.Meta):
        verbose_name = _("page review")
        verbose_name_plural = _("page reviews")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(state=PageReviewState.PENDING), name="page_one_pending_look"),
            models.CheckConstraint(
                condition=~Q(state=PageReviewState.DONE)
                | Q(layout__range=(1, BEST), colours__range=(1, BEST), speed__range=(1, BEST)),
                name="page_look_scored",
            ),
        ]

    def __str__(self) -> str:
        return str(self.page)


class PageFinding(Record):
    """Something that a review found and that has to be put right. SOP: C25"""

    public_id = PublicIdField(prefix="pgf")
    review = models.ForeignKey(PageReview, models.PROTECT, related_name="findings", verbose_name=_("page review"))
    aspect = models.CharField(_("aspect"), max_length=10, choices=PageAspect)
    text = models.CharField(_("what was found"), max_length=300)
    params = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=5, choices=FindingState, default=FindingState.OPEN)
    due_at = models.DateTimeField(_("due"))
    done_note = models.CharField(_("what was done"), max_length=500, blank=True)
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = _person(_("done by"))

    class Meta(Record.Meta):
        verbose_name = _("finding about a page")
        verbose_name_plural = _("findings about pages")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.review} {self.get_aspect_display()}"
