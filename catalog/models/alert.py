"""Alerts of SKUs that run short."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.stock import AlertStatus
from opsdesk.common.records import PublicIdField, Record


class StockAlert(Record):
    """One episode in which a SKU was short, over all warehouses together; a SKU has at most one open episode.

    It is the request to purchasing as well: acknowledged means accepted, with a quantity and a supplier.
    """

    public_id = PublicIdField(prefix="alr")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    status = models.CharField(_("status"), max_length=10, choices=AlertStatus, default=AlertStatus.OPEN)
    threshold = models.PositiveIntegerField(_("threshold"))
    available = models.IntegerField(_("available when opened"))
    proposed_quantity = models.PositiveIntegerField(_("proposed pieces"), default=0)
    accepted_quantity = models.PositiveIntegerField(_("accepted pieces"), null=True)
    supplier_name = models.CharField(_("supplier"), max_length=120, blank=True)
    purchase_order = models.ForeignKey(
        "catalog.PurchaseOrder", models.PROTECT, null=True, related_name="requests", verbose_name=_("purchase order")
    )
    opened_at = models.DateTimeField(_("opened"))
    out_at = models.DateTimeField(_("sold out"), null=True)
    acked_at = models.DateTimeField(_("acknowledged"), null=True)
    acked_by = models.CharField(_("acknowledged by"), max_length=150, blank=True)
    ordered_at = models.DateTimeField(pgettext_lazy("time", "ordered"), null=True)
    ordered_quantity = models.PositiveIntegerField(_("ordered pieces"), null=True)
    expected_on = models.DateField(_("expected on"), null=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("stock alert")
        verbose_name_plural = _("stock alerts")
        default_permissions = ("view",)
        permissions = [("work_stockalert", _("Work on stock alerts"))]
        constraints = [
            models.UniqueConstraint(fields=["sku"], condition=Q(resolved_at=None), name="stockalert_one_open"),
            models.CheckConstraint(
                condition=~Q(status=AlertStatus.ORDERED) | Q(ordered_quantity__gt=0, expected_on__isnull=False),
                name="stockalert_order_is_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="stockalert_status"),
            models.Index(
                fields=["supplier_name", "id"],
                name="stockalert_to_order",
                condition=Q(status=AlertStatus.ACKED, purchase_order=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.sku)
