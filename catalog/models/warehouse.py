"""Warehouses, the storage locations in them, and which shops they serve."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import Record


class Warehouse(Record):
    """A place with stock."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    region = models.CharField(_("region"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")

    def __str__(self) -> str:
        return self.code


class StorageLocation(Record):
    """A shelf, a bin or a pallet place; its label carries the code as a barcode."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    code = models.CharField(_("code"), max_length=40)
    zone = models.CharField(_("zone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("storage location")
        verbose_name_plural = _("storage locations")
        default_permissions = ("add", "change", "view")
        constraints = [models.UniqueConstraint(fields=["warehouse", "code"], name="location_once")]
        indexes = [
            models.Index(fields=["code"], name="location_code_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["zone"], name="location_zone", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["code", "id"], name="location_by_code"),
        ]

    def __str__(self) -> str:
        return self.code


class ShopWarehouse(models.Model):
    """A warehouse that serves a shop; the lowest rank is tried first. SOP: O8"""

    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["shop", "warehouse"], name="shop_warehouse_once")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.warehouse_id}"
