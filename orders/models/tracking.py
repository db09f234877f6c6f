"""Stopping parcels on their way, and how news of parcels reaches us."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.orders import HoldCode
from orders.enums.tracking import FeedSource, InterceptionState, MessageState

_OPEN = ["requested", "accepted"]


class Interception(Record):
    """Asking the carrier to stop one parcel; a parcel has one open interception at most. SOP: O18"""

    public_id = PublicIdField(prefix="int")
    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, related_name="interceptions", verbose_name=_("parcel"))
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="interceptions", verbose_name=_("order"))
    code = models.CharField(_("code"), max_length=20, choices=HoldCode)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=InterceptionState, default=InterceptionState.REQUESTED)
    requested_at = models.DateTimeField(_("asked for"))
    requested_by = models.CharField(_("asked for by"), max_length=150)
    answered_at = models.DateTimeField(_("carrier answered"), null=True)
    answer = models.CharField(_("carrier's answer"), max_length=500, blank=True)
    customer_told_at = models.DateTimeField(_("customer told"), null=True)
    returned_at = models.DateTimeField(_("came back"), null=True)
    condition = models.CharField(_("condition"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("interception")
        verbose_name_plural = _("interceptions")
        default_permissions = ("view",)
        permissions = [
            ("work_interception", _("Record what carriers answer to interceptions")),
            ("receive_interception", _("Check intercepted parcels in")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shipment"], condition=Q(state__in=_OPEN), name="interception_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, closed_at=None) | (~Q(state__in=_OPEN) & Q(closed_at__isnull=False)),
                name="interception_closed_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="interception_state")]

    def __str__(self) -> str:
        return str(self.order)


class TrackingFeed(Record):
    """The connection to one source of news. It fails since `failing_since`; `alarm_by` is when that is an alarm. SOP: O14"""

    public_id = PublicIdField(prefix="fed")
    source = models.CharField(_("source"), max_length=20, choices=FeedSource, unique=True)
    last_ok_at = models.DateTimeField(_("last answer"), null=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    alarm_by = models.DateTimeField(_("alarm at"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("carrier feed")
        verbose_name_plural = _("carrier feeds")
        default_permissions = ("view",)
        permissions = [("repair_trackingfeed", _("Repair carrier feeds"))]

    def __str__(self) -> str:
        return str(self.get_source_display())


class ParcelFeed(models.Model):
    """How asking after one parcel goes. A failing feed says nothing about the parcel: it does not stall for it. SOP: O14"""

    shipment = models.OneToOneField("orders.Shipment", models.CASCADE, related_name="feed", verbose_name=_("parcel"))
    source = models.CharField(_("source"), max_length=20, choices=FeedSource)
    next_poll_at = models.DateTimeField(_("asked again"), null=True)
    last_polled_at = models.DateTimeField(_("last asked"), null=True)
    last_ok_at = models.DateTimeField(_("last answer"), null=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("asking after the parcel")
        verbose_name_plural = _("asking after the parcel")
        default_permissions = ()
        indexes = [models.Index(fields=["next_poll_at"], name="parcelfeed_due", condition=Q(next_poll_at__isnull=False))]

    def __str__(self) -> str:
        return str(self.shipment_id)


class CarrierMessage(Record):
    """What a source sent, byte for byte, stored before anything is made of it; the same message is kept once. SOP: O14"""

    public_id = PublicIdField(prefix="msg")
    source = models.CharField(_("source"), max_length=20, choices=FeedSource)
    key = models.CharField(_("key"), max_length=150)
    body = models.BinaryField()
    shipment = models.ForeignKey("orders.Shipment", models.PROTECT, null=True, related_name="+", verbose_name=_("parcel"))
    received_at = models.DateTimeField(pgettext_lazy("time", "received"))
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.KEPT)
    read_at = models.DateTimeField(_("read"), null=True)
    finding = models.CharField(_("finding"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("carrier message")
        verbose_name_plural = _("carrier messages")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="carriermessage_once")]
        indexes = [models.Index(fields=["id"], name="carriermessage_to_read", condition=Q(state="kept"))]

    def __str__(self) -> str:
        return str(self.shipment)


class RawReport(models.Model):
    """A report with a code that nobody has explained yet: shown as it came, and no reason to move the parcel. SOP: O14"""

    shipment = models.ForeignKey("orders.Shipment", models.CASCADE, related_name="raw_reports")
    source = models.CharField(_("source"), max_length=20, choices=FeedSource)
    code = models.CharField(_("code"), max_length=40)
    occurred_at = models.DateTimeField(_("time"))
    description = models.CharField(_("description"), max_length=300, blank=True)
    location = models.CharField(_("place"), max_length=120, blank=True)
    received_at = models.DateTimeField(pgettext_lazy("time", "received"))

    class Meta:
        verbose_name = _("report with an unknown code")
        verbose_name_plural = _("reports with unknown codes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["shipment", "source", "occurred_at", "code"], name="rawreport_once"),
        ]

    def __str__(self) -> str:
        return self.code
