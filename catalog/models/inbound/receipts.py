"""Goods receipts: what came, as it was counted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.inbound import DifferenceOutcome, ReceiptStatus
from opsdesk.common.records import PublicIdField, Record


class GoodsReceipt(Record):
    """One delivery at the dock of one warehouse, for a purchase order or, with a reason, without one. SOP: C11"""

    public_id = PublicIdField(prefix="grc")
    number = models.CharField(_("number"), max_length=20, unique=True)
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    purchase_order = models.ForeignKey(
        "catalog.PurchaseOrder", models.PROTECT, null=True, related_name="receipts", verbose_name=_("purchase order")
    )
    supplier_name = models.CharField(_("supplier"), max_length=120, blank=True)
    reason = models.CharField(_("reason without an order"), max_length=200, blank=True)
    delivery_note = models.CharField(_("delivery note"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=ReceiptStatus, default=ReceiptStatus.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("opened by"), max_length=150)
    posted_at = models.DateTimeField(_("posted"), null=True)
    posted_by = models.CharField(_("posted by"), max_length=150, blank=True)
    has_differences = models.BooleanField(_("differences"), default=False)
    outcome = models.CharField(_("settled as"), max_length=10, choices=DifferenceOutcome, blank=True)
    settlement_note = models.TextField(pgettext_lazy("difference", "settlement"), blank=True)
    settled_at = models.DateTimeField(pgettext_lazy("difference", "settled"), null=True)
    settled_by = models.CharField(pgettext_lazy("difference", "settled by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("goods receipt")
        verbose_name_plural = _("goods receipts")
        default_permissions = ("view",)
        permissions = [
            ("receive_goods", _("Receive goods")),
            ("settle_goodsreceipt", _("Settle differences with suppliers")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(purchase_order__isnull=False) | ~Q(reason=""), name="receipt_has_a_ground"),
            models.CheckConstraint(
                condition=~Q(status=ReceiptStatus.POSTED) | Q(posted_at__isnull=False), name="receipt_posted_at_some_time"
            ),
        ]
        indexes = [
            models.Index(fields=["supplier_name"], name="receipt_supplier", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["status", "-id"], name="receipt_status"),
        ]

    def __str__(self) -> str:
        return self.number


class GoodsReceiptLine(models.Model):
    """One SKU of a delivery: how many pieces were expected, came in good order, came damaged."""

    receipt = models.ForeignKey(GoodsReceipt, models.CASCADE, related_name="lines")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    expected = models.PositiveIntegerField(_("expected"), default=0)
    good = models.PositiveIntegerField(_("received"), default=0)
    damaged = models.PositiveIntegerField(_("damaged"), default=0)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["receipt", "sku"], name="receiptline_once")]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.sku_id}"

    @property
    def short(self) -> int:
        """Pieces that were expected and did not come."""
        return max(self.expected - self.good - self.damaged, 0)

    @property
    def over(self) -> int:
        """Pieces that came beyond an order; without one nothing was expected."""
        if self.receipt.purchase_order_id is None:
            return 0
        return max(self.good + self.damaged - self.expected, 0)


class GoodsReceiptCount(models.Model):
    """Pieces of a line that share lot, use-by day and place; posting makes one lot of them."""

    line = models.ForeignKey(GoodsReceiptLine, models.CASCADE, related_name="counts")
    lot_code = models.CharField(_("lot"), max_length=60, blank=True)
    expires_on = models.DateField(_("use by"), null=True)
    location = models.ForeignKey(
        "catalog.StorageLocation", models.PROTECT, null=True, related_name="+", verbose_name=_("location")
    )
    good = models.PositiveIntegerField(_("received"), default=0)
    damaged = models.PositiveIntegerField(_("damaged"), default=0)

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["line", "lot_code", "expires_on", "location"], name="receiptcount_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.lot_code
