"""Orders that share one parcel, and orders that were split."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from orders.enums.grouping import GroupState, SplitKind, SplitState


class ParcelGroup(Record):
    """Orders of one buyer to one address, decided on once: to leave in one parcel, or not. `members` are the orders' keys
    in their order, so that what was refused is known again. SOP: O7
    """

    public_id = PublicIdField(prefix="pgr")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    state = models.CharField(_("state"), max_length=10, choices=GroupState)
    members = ArrayField(models.BigIntegerField())
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.CharField(_("by"), max_length=150)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=150, blank=True)
    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, null=True, related_name="+", verbose_name=_("parcel"))

    class Meta(Record.Meta):
        verbose_name = _("shared parcel")
        verbose_name_plural = _("shared parcels")
        default_permissions = ("view",)
        permissions = [("group_order", _("Merge orders into one parcel, and split orders"))]
        constraints = [
            models.UniqueConstraint(fields=["members"], condition=Q(state="refused"), name="parcelgroup_refused_once")
        ]
        indexes = [models.Index(fields=["state", "-id"], name="parcelgroup_state")]

    def __str__(self) -> str:
        return _("Parcel of %(count)s orders") % {"count": len(self.members)}


class ParcelGroupOrder(models.Model):
    """An order's place in a shared parcel; it has one at most while the group stands."""

    group = models.ForeignKey(ParcelGroup, models.CASCADE, related_name="places")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="parcel_places", verbose_name=_("order"))
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("order in the parcel")
        verbose_name_plural = _("orders in the parcel")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order"], condition=Q(active=True), name="parcelgroup_one_parcel")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.order_id}"


class OrderSplit(Record):
    """What was decided on an order that cannot leave in one parcel. `parts` says line by line what comes from where:
    {sku, warehouse, quantity}; an empty warehouse waits for stock. `waits` is true while pieces are not reserved yet. SOP: O7
    """

    public_id = PublicIdField(prefix="spl")
    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="split", verbose_name=_("order"))
    kind = models.CharField(_("why"), max_length=10, choices=SplitKind)
    state = models.CharField(_("state"), max_length=10, choices=SplitState)
    parts = models.JSONField(_("parts"), default=list)
    waits = models.BooleanField(_("waits for stock"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.CharField(_("by"), max_length=150)

    class Meta(Record.Meta):
        verbose_name = _("split order")
        verbose_name_plural = _("split orders")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["state", "-id"], name="ordersplit_state"),
            models.Index(fields=["id"], name="ordersplit_waits", condition=Q(waits=True)),
        ]

    def __str__(self) -> str:
        return str(self.order)
