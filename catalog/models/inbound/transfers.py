"""Goods on their way from one warehouse to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.inbound import TransferStatus
from catalog.models.inbound.people import person
from opsdesk.common.records import PublicIdField, Record


class StockTransfer(Record):
    """Pieces that leave one warehouse and arrive in another; while they travel they are in neither. Ours: transfers"""

    public_id = PublicIdField(prefix="trf")
    number = models.CharField(_("number"), max_length=20, unique=True)
    source = models.ForeignKey(
        "catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("warehouse", "from")
    )
    target = models.ForeignKey(
        "catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("warehouse", "to")
    )
    status = models.CharField(_("status"), max_length=10, choices=TransferStatus, default=TransferStatus.REQUESTED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("requested"))
    requested_by = models.CharField(_("requested by"), max_length=150)
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_by = models.CharField(_("sent by"), max_length=150, blank=True)
    sender = person(_("sender"))
    received_at = models.DateTimeField(pgettext_lazy("time", "arrived"), null=True)
    received_by = models.CharField(_("received by"), max_length=150, blank=True)
    receiver = person(_("receiver"))
    has_differences = models.BooleanField(_("differences"), default=False)
    settled_at = models.DateTimeField(pgettext_lazy("difference", "settled"), null=True)
    settled_by = models.CharField(pgettext_lazy("difference", "settled by"), max_length=150, blank=True)
    settlement_note = models.TextField(pgettext_lazy("difference", "settlement"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("stock transfer")
        verbose_name_plural = _("stock transfers")
        default_permissions = ("view",)
        permissions = [("transfer_stock", _("Transfer goods between warehouses"))]
        constraints = [models.CheckConstraint(condition=~Q(source=F("target")), name="transfer_goes_somewhere")]
        indexes = [models.Index(fields=["status", "-id"], name="transfer_status")]

    def __str__(self) -> str:
        return self.number


class StockTransferLine(models.Model):
    """Pieces of one SKU; `received` is None until they have arrived."""

    transfer = models.ForeignKey(StockTransfer, models.CASCADE, related_name="lines")
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("quantity"))
    received = models.PositiveIntegerField(_("arrived"), null=True)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["transfer", "sku"], name="transferline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="transferline_of_something"),
            models.CheckConstraint(condition=Q(received=None) | Q(received__lte=F("quantity")), name="transferline_not_more"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.sku_id}"


class StockTransferLot(models.Model):
    """What a lot was when its pieces left: they arrive with the same code, age and use-by day."""

    line = models.ForeignKey(StockTransferLine, models.CASCADE, related_name="lots")
    code = models.CharField(_("lot"), max_length=60)
    received_at = models.DateTimeField(pgettext_lazy("time", "received"))
    expires_on = models.DateField(_("use by"), null=True)
    supplier_name = models.CharField(_("supplier"), max_length=120, blank=True)
    unit_cost = models.DecimalField(_("unit cost"), max_digits=12, decimal_places=2, null=True)
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("lot on the way")
        verbose_name_plural = _("lots on the way")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="transferlot_of_something")]

    def __str__(self) -> str:
        return self.code
