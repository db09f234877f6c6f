"""Write-offs and finds: corrections of a warehouse's figures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.inbound import AdjustmentReason, AdjustmentStatus
from catalog.models.inbound.people import person
from opsdesk.common.records import PublicIdField, Record


class StockAdjustment(Record):
    """Pieces written off or found in one warehouse, with the evidence; above the limit a second person approves. SOP: C22"""

    public_id = PublicIdField(prefix="adj")
    number = models.CharField(_("number"), max_length=20, unique=True)
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    reason = models.CharField(_("reason"), max_length=10, choices=AdjustmentReason)
    note = models.TextField(_("evidence"))
    status = models.CharField(_("status"), max_length=10, choices=AdjustmentStatus)
    pieces = models.PositiveIntegerField(pgettext_lazy("column", "pieces"))
    amount = models.DecimalField(_("value (yuan)"), max_digits=14, decimal_places=2)
    needs_approval = models.BooleanField(_("needs a second person"))
    author = person(_("author"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=150)
    approver = person(_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_note = models.TextField(_("decision"), blank=True)
    posted_at = models.DateTimeField(_("posted"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("stock adjustment")
        verbose_name_plural = _("stock adjustments")
        default_permissions = ("view",)
        permissions = [("adjust_stock", _("Write off goods and book finds"))]
        constraints = [
            models.CheckConstraint(condition=Q(approver=None) | ~Q(approver=F("author")), name="adjustment_not_by_author"),
            models.CheckConstraint(
                condition=~Q(status=AdjustmentStatus.POSTED) | Q(needs_approval=False) | Q(approver__isnull=False),
                name="adjustment_approved_above_limit",
            ),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="adjustment_of_something"),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="adjustment_status"),
            models.Index(fields=["author", "made_at"], name="adjustment_of_author"),
        ]

    def __str__(self) -> str:
        return self.number


class StockAdjustmentLine(models.Model):
    """Pieces of one SKU, of one lot or, without one, of the oldest; `unit_value` is what one piece is worth in yuan."""

    adjustment = models.ForeignKey(StockAdjustment, models.CASCADE, related_name="lines")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    lot = models.ForeignKey("catalog.StockLot", models.PROTECT, null=True, related_name="+", verbose_name=_("lot"))
    quantity = models.PositiveIntegerField(pgettext_lazy("column", "pieces"))
    unit_value = models.DecimalField(_("unit value"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="adjustmentline_of_something")]

    def __str__(self) -> str:
        return f"{self.adjustment_id} {self.sku_id}"
