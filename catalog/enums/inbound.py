"""Vocabulary of purchasing, goods receipt, transfers and write-offs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PurchaseStatus(models.TextChoices):
    """How far a purchase order is. SOP: C12"""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Waits for approval")
    SENT = "sent", _("Sent")
    PARTLY_RECEIVED = "partly_received", _("Partly received")
    RECEIVED = "received", _("Received")
    CANCELLED = "cancelled", _("Cancelled")


class ReceiptStatus(models.TextChoices):
    """Whether a delivery is still being counted. SOP: C11"""

    OPEN = "open", _("Being counted")
    POSTED = "posted", _("Posted")
    CANCELLED = "cancelled", _("Cancelled")


class DifferenceOutcome(models.TextChoices):
    """What was agreed with the supplier about pieces that were short, over or damaged."""

    FOLLOWS = "follows", _("The missing pieces follow")
    CREDITED = "credited", _("The supplier credits them")
    REPLACED = "replaced", _("The supplier replaces them")
    SENT_BACK = "sent_back", _("Sent back to the supplier")
    KEPT = "kept", _("Surplus kept and paid")
    BORNE = "borne", _("Borne by the shop")


class TransferStatus(models.TextChoices):
    """Where goods are on their way between two warehouses."""

    REQUESTED = "requested", _("Requested")
    SENT = "sent", _("On the way")
    RECEIVED = "received", _("Arrived")
    CANCELLED = "cancelled", _("Cancelled")


class AdjustmentReason(models.TextChoices):
    """Why the figures of a warehouse are corrected. SOP: C22"""

    DAMAGED = "damaged", _("Damaged")
    EXPIRED = "expired", _("Expired")
    LOST = "lost", _("Lost")
    FOUND = "found", _("Found")
    OTHER = "other", _("Other loss")


class AdjustmentStatus(models.TextChoices):
    """Whether a correction has reached the balance."""

    IN_REVIEW = "in_review", _("Waits for approval")
    POSTED = "posted", _("Posted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
