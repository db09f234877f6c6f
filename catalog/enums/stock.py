"""Vocabulary of stock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MovementReason(models.TextChoices):
    """Why pieces came or went."""

    OPENING = "opening", _("Opening stock")
    RECEIPT = "receipt", _("Goods receipt")
    SALE = "sale", _("Sale")
    RETURN = "return", _("Customer return")
    ADJUSTMENT = "adjustment", _("Adjustment")
    SYNC = "sync", _("Warehouse synchronisation")
    TRANSFER = "transfer", _("Transfer between warehouses")
    STOCKTAKE = "stocktake", _("Stocktake")
    DAMAGED = "damaged", _("Damaged")
    EXPIRED = "expired", _("Expired")
    LOST = "lost", _("Lost")
    FOUND = "found", _("Found")


class AlertStatus(models.TextChoices):
    """How far the replenishment of a short SKU is. SOP: C12"""

    OPEN = "open", _("Open")
    ACKED = "acked", _("Acknowledged")
    ORDERED = "ordered", _("Ordered")
    RESOLVED = "resolved", _("Resolved")
