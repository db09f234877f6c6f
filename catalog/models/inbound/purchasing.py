"""Purchase orders."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.enums.inbound import PurchaseStatus
from catalog.models.inbound.people import person
from opsdesk.common.records import PublicIdField, Record


class PurchaseOrder(Record):
    """Goods ordered from one supplier for one warehouse. Prices are in yuan. SOP: C12

    `supplier_name` is what the supplier was called when the order was written.
    """

    public_id = PublicIdField(prefix="pur")
    number = models.CharField(_("number"), max_length=20, unique=True)
    supplier = models.ForeignKey(
        "catalog.Supplier", models.PROTECT, null=True, related_name="+", verbose_name=_("supplier on file")
    )
    supplier_name = models.CharField(_("supplier"), max_length=120)
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    status = models.CharField(_("status"), max_length=16, choices=PurchaseStatus, default=PurchaseStatus.DRAFT)
    note = models.TextField(_("note"), blank=True)
    author = person(_("author"))
    last_editor = person(_("last editor"))
    approver = person(_("approved by"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=150)
    sent_at = models.DateTimeField(_("sent"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        default_permissions = ("view",)
        permissions = [
            ("write_purchaseorder", _("Write and send purchase orders")),
            ("approve_purchaseorder", _("Approve purchase orders")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(approver=None) | ~Q(approver=F("author")), name="purchase_not_by_author"),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(last_editor=None) | ~Q(approver=F("last_editor")),
                name="purchase_not_by_last_editor",
            ),
        ]
        indexes = [
            models.Index(fields=["supplier_name"], name="purchaseorder_supplier", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["status", "-id"], name="purchase_status"),
        ]

    def __str__(self) -> str:
        return self.number


class PurchaseOrderLine(models.Model):
    """Pieces of one SKU in an order; `received` are those that came in good order, `damaged` those that did not."""

    order = models.ForeignKey(PurchaseOrder, models.CASCADE, related_name="lines")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("ordered"))
    unit_cost = models.DecimalField(_("unit cost"), max_digits=12, decimal_places=2)
    expected_on = models.DateField(_("expected on"))
    received = models.PositiveIntegerField(_("received"), default=0)
    damaged = models.PositiveIntegerField(_("damaged"), default=0)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="purchaseline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, unit_cost__gte=0), name="purchaseline_of_something"),
        ]
        indexes = [
            models.Index(fields=["sku", "order"], name="purchaseline_open", condition=Q(received__lt=F("quantity"))),
            models.Index(fields=["expected_on", "order"], name="purchaseline_late", condition=Q(received__lt=F("quantity"))),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.sku_id}"

    @property
    def outstanding(self) -> int:
        """Pieces that have still to come in good order."""
        return max(self.quantity - self.received, 0)
