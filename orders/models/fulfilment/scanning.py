"""Every scan at the shelf and at the packing desk, and pieces that were not there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.fulfilment import ScanResult, ScanStep, ShortState


class Scan(models.Model):
    """One scan, right or wrong. Packing goes on from the scans of its order that were right. SOP: O9, O10"""

    step = models.CharField(_("step"), max_length=10, choices=ScanStep)
    pick_list = models.ForeignKey("orders.PickList", models.CASCADE, null=True, related_name="scans")
    order = models.ForeignKey("orders.Order", models.CASCADE, null=True, related_name="scans")
    code = models.CharField(_("code"), max_length=60)
    result = models.CharField(_("result"), max_length=10, choices=ScanResult)
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, null=True, related_name="+", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("pieces"), default=0)
    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        default_permissions = ()
        indexes = [
            models.Index("pick_list", F("id").desc(), name="scan_of_list", condition=Q(step="pick")),
            models.Index("order", F("id").desc(), name="scan_of_order", condition=Q(step="pack")),
        ]

    def __str__(self) -> str:
        return self.code


class ShortPick(Record):
    """Pieces of an order that were not on their shelf. The order waits until they are found or written off. SOP: O9"""

    public_id = PublicIdField(prefix="shp")
    pick_line = models.ForeignKey("orders.PickLine", models.PROTECT, related_name="shorts")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", verbose_name=_("order"))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    sku_code = models.CharField(_("SKU"), max_length=60)
    lot_code = models.CharField(_("lot"), max_length=60, blank=True)
    quantity = models.PositiveIntegerField(_("pieces missing"))
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=ShortState, default=ShortState.OPEN)
    reported_at = models.DateTimeField(_("reported"))
    reported_by = models.CharField(_("reported by"), max_length=150)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("short pick")
        verbose_name_plural = _("short picks")
        default_permissions = ("view",)
        permissions = [
            ("work_shortpick", _("Say that missing pieces were found")),
            ("write_off_shortpick", _("Write missing pieces off")),
        ]
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="shortpick_of_something")]
        indexes = [models.Index(fields=["order"], name="shortpick_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.sku_code} × {self.quantity}"
