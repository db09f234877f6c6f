"""What selling platforms call our goods, and rows of their files that wait for a person."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.platforms import Layout, ProblemKind, ProblemState


class SkuMapping(Record):
    """Which SKU a shop's merchant code on its platform means. SOP: O2"""

    public_id = PublicIdField(prefix="map")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"), db_index=False)
    code = models.CharField(_("merchant code"), max_length=120)
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    mapped_at = models.DateTimeField(pgettext_lazy("merchant code", "mapped"))
    mapped_by = models.CharField(_("by"), max_length=150)

    class Meta(Record.Meta):
        verbose_name = _("merchant code")
        verbose_name_plural = _("merchant codes")
        default_permissions = ("view", "change")
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="skumapping_once")]
        indexes = [models.Index(fields=["code"], name="skumapping_prefix", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.code


class PlatformProblem(Record):
    """An order of a platform's file that cannot go on by itself. `data` are its rows as they came, taken away when it is
    closed; `reason` is a message id with `params`; `fingerprint` tells the same file from a newer one. SOP: O1, O2
    """

    public_id = PublicIdField(prefix="ppr")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    external_id = models.CharField(_("platform number"), max_length=100)
    layout = models.CharField(_("platform"), max_length=20, choices=Layout)
    kind = models.CharField(pgettext_lazy("problem", "kind"), max_length=20, choices=ProblemKind)
    state = models.CharField(_("state"), max_length=10, choices=ProblemState, default=ProblemState.OPEN)
    reason = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    codes = ArrayField(models.CharField(max_length=120), default=list, verbose_name=_("merchant codes"))
    data = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=32)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name=_("order"))
    opened_at = models.DateTimeField(_("since"))
    due_at = models.DateTimeField(_("due by"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("problem of a platform's file")
        verbose_name_plural = _("problems of platforms' files")
        default_permissions = ("view",)
        permissions = [("take_platformproblem", _("Take in platforms' files"))]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "external_id"], condition=Q(state="open") & ~Q(kind="late"), name="platformproblem_one_open"
            ),
            models.UniqueConstraint(
                fields=["shop", "external_id", "fingerprint"], condition=Q(kind="late"), name="platformproblem_late_once"
            ),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="platformproblem_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["state", "-id"], name="platformproblem_state"),
            models.Index(fields=["shop", "external_id"], name="platformproblem_number"),
            GinIndex(fields=["codes"], name="platformproblem_codes", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.external_id


class SeenAddress(models.Model):
    """Fingerprints of every address that the platform has named for an order: an old file never brings an old one back.

    SOP: O18
    """

    order = models.OneToOneField("orders.Order", models.CASCADE, primary_key=True, related_name="+")
    prints = ArrayField(models.CharField(max_length=16))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.order_id)
