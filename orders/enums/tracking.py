"""Vocabulary of parcels. States and codes are fixed: clients know them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShipmentState(models.TextChoices):
    """Where a parcel is. Fixed: clients know them."""

    INFO_RECEIVED = "info_received", _("Handed to the carrier")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    EXCEPTION = "exception", _("Trouble")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned to sender")
    VOIDED = "voided", _("Voided")


class TrackingCode(models.TextChoices):
    """What a carrier reports. Fixed: clients know them."""

    INFO_RECEIVED = "info_received", _("Handed to the carrier")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    ATTEMPT_FAILED = "attempt_failed", _("Delivery attempt failed")
    DELIVERED = "delivered", _("Delivered")
    EXCEPTION = "exception", _("Trouble")
    RETURNED = "returned", _("Returned to sender")


class CaseKind(models.TextChoices):
    """Why somebody has to talk to the carrier."""

    STALLED = "stalled", _("No news from the carrier")
    NOT_RECEIVED = "not_received", _("Customer has not received it")
    DELAYED = "delayed", _("Delayed")
    LOST = "lost", _("Lost")
    DAMAGED = "damaged", _("Damaged")


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class CaseOutcome(models.TextChoices):
    """How a carrier case ended. SOP: O14"""

    MOVING = "moving", _("Moving again")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned to sender")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")


class InterceptionState(models.TextChoices):
    """How far the carrier has come with stopping a parcel. SOP: O18"""

    REQUESTED = "requested", _("Carrier to be asked")
    ACCEPTED = "accepted", _("On its way back")
    FAILED = "failed", _("Not stopped")
    RETURNED = "returned", _("Back in the warehouse")


class FeedSource(models.TextChoices):
    """Who tells us of parcels on behalf of many carriers."""

    KUAIDI100 = "kuaidi100", _("Kuaidi100 (asked)")
    KDNIAO = "kdniao", _("Kdniao (reports by itself)")


class MessageState(models.TextChoices):
    """What became of a carrier's message."""

    KEPT = "kept", _("To be read")
    READ = "read", _("Read")
    UNREADABLE = "unreadable", _("Unreadable")
