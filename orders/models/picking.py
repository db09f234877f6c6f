"""Pick lists: what the warehouse fetches from the shelves in one walk."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.fulfilment import PickListStatus


class PickList(Record):
    """One wave of orders in one warehouse. SOP: O9"""

    public_id = PublicIdField(prefix="pkl")
    wave = models.CharField(_("wave"), max_length=20, unique=True)
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    status = models.CharField(_("status"), max_length=10, choices=PickListStatus, default=PickListStatus.OPEN)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=150)
    printed_at = models.DateTimeField(_("printed"), null=True)
    reprints = models.PositiveSmallIntegerField(_("reprints"), default=0)
    picked_at = models.DateTimeField(_("picked at"), null=True)
    picked_by = models.CharField(_("picked by"), max_length=150, blank=True)
    filters = models.JSONField(_("chosen by"), default=dict)

    class Meta(Record.Meta):
        verbose_name = _("pick list")
        verbose_name_plural = _("pick lists")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["warehouse", "-id"], name="picklist_open", condition=Q(status="open"))]

    def __str__(self) -> str:
        return self.wave


class PickListOrder(models.Model):
    """An order's place in a pick list; it has one a warehouse at most, unless its list was cancelled.

    `bin` numbers the orders of a list from 1: the sort bin into which the order's pieces go.
    """

    pick_list = models.ForeignKey(PickList, models.CASCADE, related_name="places")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="pick_places")
    warehouse = models.ForeignKey("catalog.Warehouse", models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)
    bin = models.PositiveSmallIntegerField(_("sort bin"), default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["order", "warehouse"], condition=Q(active=True), name="picking_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pick_list_id} {self.order_id}"


class PickLine(models.Model):
    """Pieces of one lot for one order. Without a lot, any piece of the SKU will do.

    The line is picked when all of its pieces are scanned or reported as not there.
    """

    pick_list = models.ForeignKey(PickList, models.CASCADE, related_name="lines")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", verbose_name=_("order"))
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    sku_code = models.CharField(_("SKU"), max_length=60)
    lot = models.ForeignKey("catalog.StockLot", models.PROTECT, null=True, related_name="+", verbose_name=_("lot"))
    lot_code = models.CharField(_("lot"), max_length=60, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    picked = models.BooleanField(_("picked"), default=False)
    scanned = models.PositiveIntegerField(_("scanned"), default=0)
    short = models.PositiveIntegerField(_("not there"), default=0)

    class Meta:
        verbose_name = _("pick line")
        verbose_name_plural = _("pick lines")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pickline_of_something"),
            models.CheckConstraint(condition=Q(scanned__lte=F("quantity") - F("short")), name="pickline_not_too_many"),
        ]

    def __str__(self) -> str:
        return self.sku_code


class PackCheck(models.Model):
    """What the packer has looked at before closing the parcel. None means that the order has no such thing. SOP: O10"""

    order = models.OneToOneField("orders.Order", models.CASCADE, related_name="pack_check")
    appearance = models.BooleanField(_("goods without damage or stain"))
    packing_list = models.BooleanField(_("packing list enclosed"))
    gifts = models.BooleanField(_("gifts enclosed"), null=True)
    manual = models.BooleanField(_("manual enclosed"), null=True)
    warranty = models.BooleanField(_("warranty card enclosed"), null=True)
    packed_at = models.DateTimeField(_("packed"))
    packed_by = models.CharField(_("packed by"), max_length=150)

    class Meta:
        verbose_name = _("pack check")
        verbose_name_plural = _("pack checks")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(appearance=False)
                & ~Q(packing_list=False)
                & (Q(gifts=None) | Q(gifts=True))
                & (Q(manual=None) | Q(manual=True))
                & (Q(warranty=None) | Q(warranty=True)),
                name="packcheck_passed",
            )
        ]

    def __str__(self) -> str:
        return str(self.order_id)
