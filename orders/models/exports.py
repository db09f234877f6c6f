"""Tracking numbers that went to selling platforms."""

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.platforms import Layout


class CarrierName(Record):
    """What a platform calls a carrier, where it is not the common name. SOP: O12"""

    public_id = PublicIdField(prefix="cna")
    layout = models.CharField(_("platform"), max_length=20, choices=Layout)
    carrier = models.ForeignKey("orders.Carrier", models.PROTECT, related_name="+", verbose_name=_("carrier"))
    name = models.CharField(_("name there"), max_length=40)

    class Meta(Record.Meta):
        verbose_name = _("carrier's name on a platform")
        verbose_name_plural = _("carriers' names on platforms")
        default_permissions = ("view", "change")
        constraints = [models.UniqueConstraint(fields=["layout", "carrier"], name="carriername_once")]

    def __str__(self) -> str:
        return self.name


class ShippingExport(Record):
    """One batch-ship table for the platform of a shop. `again` when its parcels were in an earlier one. SOP: O12"""

    public_id = PublicIdField(prefix="bse")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    layout = models.CharField(_("platform"), max_length=20, choices=Layout)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("by"), max_length=150)
    again = models.BooleanField(_("repeated"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    parcels = models.ManyToManyField("orders.Shipment", through="ExportedParcel", related_name="+", verbose_name=_("parcels"))

    class Meta(Record.Meta):
        verbose_name = _("batch-ship table")
        verbose_name_plural = _("batch-ship tables")
        default_permissions = ("view",)
        permissions = [("export_shipping", _("Export tracking numbers to platforms"))]

    def __str__(self) -> str:
        return f"{self.shop} {localtime(self.made_at):%Y-%m-%d %H:%M}" if self.made_at else str(self.shop)


class ExportedParcel(models.Model):
    """A parcel in a batch-ship table, and the carrier's name as it stood there."""

    export = models.ForeignKey(ShippingExport, models.CASCADE, related_name="+")
    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, related_name="exports")
    carrier_name = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["export", "shipment"], name="exportedparcel_once")]

    def __str__(self) -> str:
        return f"{self.export_id} {self.shipment_id}"
