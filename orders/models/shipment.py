"""Carriers, parcels and what carriers report of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.tracking import ShipmentState, TrackingCode

_UNDER_WAY = Q(state__in=["info_received", "in_transit", "out_for_delivery", "exception"])


class Carrier(models.Model):
    """A courier company. Codes are known to clients; only active ones take new parcels.

    `promise_days` None means the parameter's, `max_grams` None any weight.
    SOP: O11
    """

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    is_active = models.BooleanField(_("in use"), default=True)
    takes_fragile = models.BooleanField(_("takes fragile goods"), default=False)
    max_grams = models.PositiveIntegerField(_("heaviest parcel (g)"), null=True)
    promise_days = models.PositiveSmallIntegerField(_("delivers within (days)"), null=True)

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        default_permissions = ("view", "change", "add", "delete")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Shipment(Record):
    """One parcel: one tracking number of one carrier. It may hold lines of several orders of one buyer.

    `last_event_at` is the carrier's time of its newest report, `finished_at` the carrier's time of the delivery or
    return. `update_by` is when the silence becomes suspicious, None once the parcel has arrived. `stalled_at` is when
    the present silence was noticed.
    SOP: O12, O14
    """

    public_id = PublicIdField(prefix="shp")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    orders = models.ManyToManyField("orders.Order", related_name="shipments", verbose_name=_("orders"))
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+", verbose_name=_("carrier"))
    tracking_no = models.CharField(_("tracking number"), max_length=32)
    state = models.CharField(_("state"), max_length=20, choices=ShipmentState, default=ShipmentState.INFO_RECEIVED)
    handed_over_at = models.DateTimeField(_("handed over"))
    last_event_at = models.DateTimeField(_("last report"), null=True)
    finished_at = models.DateTimeField(pgettext_lazy("time", "arrived"), null=True)
    update_by = models.DateTimeField(_("report expected by"), null=True)
    stalled_at = models.DateTimeField(_("silent since"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        default_permissions = ("view",)
        permissions = [("record_tracking", _("Record what carriers report"))]
        constraints = [
            models.UniqueConstraint(
                fields=["tracking_no", "carrier"], condition=~Q(state="voided"), name="shipment_number_in_use_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tracking_no"], name="shipment_tracking_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["state", "-id"], name="shipment_state"),
            models.Index(fields=["xid", "id"], name="shipment_feed"),
            models.Index(fields=["updated_at"], name="shipment_updated"),
            models.Index(fields=["update_by"], name="shipment_silence", condition=_UNDER_WAY & Q(stalled_at=None)),
            models.Index(fields=["carrier", "handed_over_at"], name="shipment_carrier_period"),
            models.Index(fields=["shop", "handed_over_at"], name="shipment_shop_period"),
            models.Index(fields=["-id"], name="shipment_stalled", condition=Q(stalled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.tracking_no


class ShipmentLine(models.Model):
    """Pieces of an order line in a parcel."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, related_name="+", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("parcel line")
        verbose_name_plural = _("parcel lines")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["shipment", "order_line"], name="shipmentline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="shipmentline_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.order_line_id}"


class TrackingEvent(models.Model):
    """One report of a carrier; `occurred_at` is the carrier's time."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="events")
    code = models.CharField(_("report"), max_length=20, choices=TrackingCode)
    occurred_at = models.DateTimeField(_("time"))
    description = models.CharField(_("description"), max_length=300, blank=True)
    location = models.CharField(_("place"), max_length=120, blank=True)
    received_at = models.DateTimeField(pgettext_lazy("time", "received"))

    class Meta:
        verbose_name = _("carrier report")
        verbose_name_plural = _("carrier reports")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["shipment", "occurred_at", "code"], name="trackingevent_once")]

    def __str__(self) -> str:
        return self.code
