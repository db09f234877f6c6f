"""How a shop's storefront is read, and what reading it brought."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.quality import PageFormat, ProbeOutcome, ProbePurpose
from opsdesk.common.records import PublicIdField, Record


class Storefront(Record):
    """Where the pages of a shop's products are, and where on them the facts stand. SOP: C15, C18

    `parts` maps a fact (category, price ...) to its path in the JSON answer, or to its CSS selector on the page.
    """

    public_id = PublicIdField(prefix="sfr")
    shop = models.OneToOneField("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    address = models.CharField(_("address of a product page"), max_length=500)
    page_format = models.CharField(_("format"), max_length=10, choices=PageFormat, default=PageFormat.JSON)
    parts = models.JSONField(_("where the facts stand"), default=dict)
    is_enabled = models.BooleanField(_("in use"), default=False)
    failing_since = models.DateTimeField(_("not readable since"), null=True, editable=False)
    last_read_at = models.DateTimeField(_("last read"), null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("storefront")
        verbose_name_plural = _("storefronts")
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return str(self.shop)


class StorefrontItem(Record):
    """The number that a shop's platform gives to a product; the page address may need it."""

    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    external_id = models.CharField(_("number on the platform"), max_length=64)

    class Meta(Record.Meta):
        verbose_name = _("platform number")
        verbose_name_plural = _("platform numbers")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["product", "shop"], name="storefrontitem_once"),
            models.UniqueConstraint(fields=["shop", "external_id"], name="storefrontitem_number_once"),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="storefrontitem_external", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.shop}"


class ProbeRun(models.Model):
    """One reading of one page: what was compared and what differed, with an excerpt as evidence."""

    storefront = models.ForeignKey(Storefront, models.PROTECT, related_name="+", verbose_name=_("storefront"))
    revision = models.ForeignKey("catalog.ListingRevision", models.PROTECT, related_name="+", verbose_name=_("listing"))
    check_after = models.ForeignKey(
        "catalog.PostPublishCheck", models.PROTECT, null=True, related_name="probes", verbose_name=_("check after publishing")
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=ProbePurpose)
    outcome = models.CharField(_("outcome"), max_length=20, choices=ProbeOutcome, default=ProbeOutcome.RUNNING)
    address = models.CharField(_("address"), max_length=700)
    differences = models.JSONField(_("differences"), default=list)
    excerpt = models.TextField(_("excerpt"), blank=True)
    size = models.PositiveIntegerField(_("bytes"), null=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("probe")
        verbose_name_plural = _("probes")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["check_after", "-id"], name="probe_of_check", condition=Q(check_after__isnull=False)),
            models.Index(fields=["revision", "-id"], name="probe_of_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} {self.outcome}"
