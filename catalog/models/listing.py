"""Revisions of listings: what is written, judged and published; what is wrong with them; the look after publishing."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from catalog.enums.listings import ChangeKind, CheckState, RevisionState, Severity
from opsdesk.common.records import PublicIdField, Record

_OPEN = ("draft", "changes_requested", "material_review", "final_review", "approved")
_RELEASED = (RevisionState.APPROVED, RevisionState.LISTED, RevisionState.DELISTED)


def _person(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label)


def _texts(label: Any, length: int) -> Any:
    return ArrayField(models.CharField(max_length=length), verbose_name=label, default=list, blank=True)


class ListingRevision(Record):
    """One version of a product's listing. A product has at most one that is still being worked on, and one that is live.

    `content_hash` pins what is written, `approved_hash` what was approved: nothing is released unless they are equal.
    `editor_ids` are all members of staff who wrote or submitted it: none of them may judge it.
    SOP: C5, C13, C14
    """

    public_id = PublicIdField(prefix="lst")
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="revisions", verbose_name=_("product"))
    no = models.PositiveIntegerField(_("revision"))
    state = models.CharField(_("state"), max_length=20, choices=RevisionState, default=RevisionState.DRAFT)
    title = models.CharField(_("title"), max_length=120, blank=True)
    title_key = models.CharField(max_length=240, blank=True, editable=False)
    core_keyword = models.CharField(_("core keyword"), max_length=60, blank=True)
    category_code = models.CharField(_("category"), max_length=60, blank=True)
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    brand = models.CharField(_("brand"), max_length=60, blank=True)
    model_no = models.CharField(_("model"), max_length=60, blank=True)
    spec = models.JSONField(_("specification"), default=dict)
    selling_points = _texts(_("selling points"), 200)
    use_scenarios = _texts(_("use scenarios"), 200)
    usage = models.TextField(_("usage"), blank=True)
    precautions = models.TextField(_("precautions"), blank=True)
    detail = models.TextField(_("detail text"), blank=True)
    tags = _texts(_("tags"), 40)
    commitments = _texts(_("service commitments"), 60)
    images = models.JSONField(_("images"), default=list)
    skus = models.JSONField(_("SKUs"), default=list)
    sku_codes = _texts(_("SKU codes"), 60)
    barcodes = _texts(_("barcodes"), 14)
    shop_codes = _texts(_("shops"), 40)
    completeness = models.PositiveSmallIntegerField(_("completeness (percent)"), default=0)
    asset_shas = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    author = _person(_("author"))
    author_label = models.CharField(_("author"), max_length=150)
    last_editor = _person(_("last editor"))
    editor_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    through_api = models.BooleanField(_("through the REST API"), default=False)
    keeps_prices = models.BooleanField(default=False, editable=False)  # from a table: those of goods on sale win
    waived_hash = models.CharField(max_length=64, blank=True, editable=False)
    waived_by = _person(_("margin waived by"))
    waiver_reason = models.CharField(_("reason of the waiver"), max_length=500, blank=True)
    change_kinds = ArrayField(
        models.CharField(max_length=10, choices=ChangeKind), verbose_name=_("kinds of change"), default=list, blank=True
    )
    change_reason = models.CharField(_("reason of the update"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    publish_at = models.DateTimeField(_("publish at"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)
    delisted_at = models.DateTimeField(_("delisted"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        permissions = [
            ("submit_listing", "Can submit a listing for review"),
            ("review_material", "Can judge the material of a listing"),
            ("release_listing", "Can release a listing"),
            ("publish_listing", "Can publish a released listing"),
            ("delist_listing", "Can take a listing off sale"),
            ("waive_margin", "Can waive the target margin"),
            ("waive_finding", "Can waive findings of the automatic check"),
            ("view_cost", "Can see costs and margins"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["product", "no"], name="revision_no_once"),
            models.UniqueConstraint(fields=["product"], condition=Q(state__in=_OPEN), name="revision_one_open"),
            models.UniqueConstraint(fields=["product"], condition=Q(state=RevisionState.LISTED), name="revision_one_listed"),
            models.CheckConstraint(
                condition=~Q(state__in=_RELEASED) | (Q(approved_hash=F("content_hash")) & ~Q(approved_hash="")),
                name="revision_released_as_approved",
            ),
        ]
        indexes = [
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="listingrevision_titles"),
            models.Index(fields=["state", "-id"], name="revision_state"),
            GinIndex(fields=["sku_codes"], name="revision_skus"),
            GinIndex(fields=["barcodes"], name="revision_barcodes"),
            GinIndex(fields=["tags"], name="revision_tags"),
            GinIndex(
                fields=["title_key"],
                opclasses=["gin_trgm_ops"],
                name="revision_titles",
                condition=Q(state__in=[*_OPEN, "listed"]),
            ),
            GinIndex(fields=["asset_shas"], name="revision_assets"),
            models.Index(fields=["title_key"], name="revision_title", condition=Q(state__in=[*_OPEN, "listed"])),
            models.Index(fields=["publish_at"], name="revision_due", condition=Q(state="approved", publish_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.product} #{self.no}"


class ListingIssue(models.Model):
    """One thing that is wrong with a revision's content; written anew whenever it is checked."""

    revision = models.ForeignKey(ListingRevision, models.CASCADE, related_name="issues")
    code = models.CharField(_("code"), max_length=40)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    pointer = models.CharField(_("field"), max_length=200, blank=True)
    message = models.CharField(_("message"), max_length=300)
    params = models.JSONField(default=dict)
    is_waivable = models.BooleanField(default=False)
    waiver = models.ForeignKey("catalog.FindingWaiver", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("listing issue")
        verbose_name_plural = _("listing issues")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.pointer}"


class PostPublishCheck(Record):
    """Somebody looks at the published listing in the shop within the time allowed. SOP: C15"""

    public_id = PublicIdField(prefix="chk")
    revision = models.ForeignKey(ListingRevision, models.PROTECT, related_name="checks", verbose_name=_("listing"))
    state = models.CharField(_("state"), max_length=10, choices=CheckState, default=CheckState.PENDING)
    opened_at = models.DateTimeField(_("published"))
    check_by = models.DateTimeField(_("check by"))
    category_ok = models.BooleanField(_("category is right"), null=True)
    price_ok = models.BooleanField(_("price displays right"), null=True)
    evidence = models.TextField(_("what was seen"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    checked_by = _person(_("checked by"))
    escalated_at = models.DateTimeField(_("escalated"), null=True)
    probe_at = models.DateTimeField(_("next probe"), null=True)
    by_probe = models.BooleanField(_("passed by the probe"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("check after publishing")
        verbose_name_plural = _("checks after publishing")
        default_permissions = ("view",)
        permissions = [("work_postpublishcheck", "Can check published listings")]
        constraints = [
            models.UniqueConstraint(fields=["revision"], condition=Q(state=CheckState.PENDING), name="check_one_pending"),
            models.CheckConstraint(
                condition=~Q(state=CheckState.PASSED)
                | Q(category_ok=True, price_ok=True, checked_by__isnull=False)
                | Q(category_ok=True, price_ok=True, by_probe=True),
                name="check_passed_with_both",
            ),
        ]
        indexes = [
            models.Index(fields=["check_by"], name="check_overdue", condition=Q(state=CheckState.PENDING, escalated_at=None)),
            models.Index(fields=["probe_at"], name="check_probe", condition=Q(probe_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.revision)
