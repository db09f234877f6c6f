"""Stock: balances, the ledger that explains them, lots for FIFO, and reservations."""

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.stock import MovementReason
from opsdesk.common.records import Record


class StockItem(Record):
    """The balance of one SKU in one warehouse. available = on_hand - reserved.

    `sync_seq` is the warehouse system's counter of the last absolute figure that was taken over.
    """

    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="stock", verbose_name=_("SKU"))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    sync_seq = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(_("last stocktake"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        default_permissions = ("view",)
        permissions = [
            ("sync_stock", _("Synchronise stock figures")),
            ("import_openingstock", _("Take opening stock from a table")),
            ("approve_stock_adjustment", _("Approve changes of stock")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sku", "warehouse"], name="stock_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0, reserved__lte=F("on_hand")), name="stock_reserved_within"),
        ]
        indexes = [
            models.Index(fields=["xid", "id"], name="stock_feed"),
            models.Index("warehouse", F("counted_at").asc(nulls_first=True), "id", name="stock_count_order"),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id} {self.warehouse_id}"

    @property
    def public_id(self) -> str:
        """How work items and the audit trail name the balance."""
        return str(self.pk)

    @property
    def available(self) -> int:
        """Pieces that can still be sold."""
        return self.on_hand - self.reserved


class StockMovement(models.Model):
    """One line of the ledger: append-only; `key` makes booking twice harmless."""

    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    delta = models.IntegerField(_("change"))
    reason = models.CharField(_("reason"), max_length=20, choices=MovementReason)
    ref = models.CharField(_("reference"), max_length=80, blank=True)
    key = models.CharField(max_length=120, unique=True)
    actor_label = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["ref"], name="movement_ref", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["sku", "warehouse", "id"], name="movement_of_item"),
            BrinIndex(fields=["at"], name="movement_time"),
            models.Index(fields=["at"], name="movement_sales", condition=Q(reason=MovementReason.SALE)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.key


class StockLot(models.Model):
    """Pieces that came together and lie in one place; the oldest are picked first. SOP: O9

    `received_at` travels with the pieces when they move. `expires_on` is the last day on which they may be sold.
    """

    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    location = models.ForeignKey(
        "catalog.StorageLocation", models.PROTECT, null=True, related_name="+", verbose_name=_("location")
    )
    code = models.CharField(_("lot"), max_length=60)
    received_at = models.DateTimeField(pgettext_lazy("time", "received"))
    expires_on = models.DateField(_("use by"), null=True)
    expiry_noted_at = models.DateTimeField(_("decided what to do before it expires"), null=True)
    supplier_name = models.CharField(_("supplier"), max_length=120, blank=True)
    unit_cost = models.DecimalField(_("unit cost"), max_digits=12, decimal_places=2, null=True)
    receipt_count = models.ForeignKey("catalog.GoodsReceiptCount", models.PROTECT, null=True, related_name="+")
    quantity_left = models.PositiveIntegerField(_("left"))

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        default_permissions = ("view",)
        permissions = [
            ("move_stocklot", _("Move goods between locations")),
            ("note_expiry", _("Decide on goods that expire soon")),
        ]
        indexes = [
            models.Index(fields=["code"], name="lot_code", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["sku", "warehouse", "received_at", "id"], name="lot_fifo", condition=Q(quantity_left__gt=0)),
            models.Index(
                fields=["expires_on", "id"], name="lot_expiry", condition=Q(quantity_left__gt=0, expires_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def public_id(self) -> str:
        """How work items and the audit trail name the lot."""
        return str(self.pk)


class Reservation(models.Model):
    """Pieces promised to an owner above, named by text (an order's public id)."""

    owner_ref = models.CharField(max_length=40)
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+")
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"))
    reserved_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["owner_ref", "sku", "warehouse"], name="reservation_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_of_something"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="reservation_expiry", condition=Q(expires_at__isnull=False))]

    def __str__(self) -> str:
        return self.owner_ref
