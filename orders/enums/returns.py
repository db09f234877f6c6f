"""Vocabulary of returns."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReturnType(models.TextChoices):
    """What the customer asks for. SOP: O20, S8"""

    REFUND_ONLY = "refund_only", _("Refund only")
    RETURN_REFUND = "return_refund", _("Return and refund")
    EXCHANGE = "exchange", _("Exchange")
    COMPENSATION = "compensation", _("Compensation")


class ReturnState(models.TextChoices):
    """Where a return stands. SOP: O20"""

    REQUESTED = "requested", _("Requested")
    EVIDENCE_PENDING = "evidence_pending", _("Evidence awaited")
    APPROVED = "approved", pgettext_lazy("return", "Approved")
    REJECTED = "rejected", pgettext_lazy("return", "Rejected")
    AWAITING_PARCEL = "awaiting_parcel", _("Parcel awaited")
    IN_TRANSIT = "in_transit", _("On the way back")
    RECEIVED = "received", pgettext_lazy("return", "Received")
    INSPECTED = "inspected", _("Inspected")
    SETTLING = "settling", _("Being settled")
    COMPLETED = "completed", pgettext_lazy("return", "Completed")
    CANCELLED = "cancelled", _("Cancelled")
    DISPUTED = "disputed", _("Disputed")


class ReturnReason(models.TextChoices):
    """Why goods come back. SOP: O22"""

    NO_REASON = "no_reason", _("Changed their mind (7 days)")
    SIZE = "size", _("Size does not fit")
    COLOUR = "colour", _("Colour differs from the picture")
    NOT_AS_DESCRIBED = "not_as_described", _("Not as described")
    USAGE = "usage", _("Hard to use")
    QUALITY = "quality", _("Quality")
    DAMAGED = "damaged", _("Damaged")
    WRONG_ITEM = "wrong_item", _("Wrong item sent")
    MISSING = "missing", _("Pieces missing")
    NOT_RECEIVED = "not_received", _("Not received")
    OTHER = "other", _("Other")


class Disposition(models.TextChoices):
    """What becomes of goods that came back. SOP: O21"""

    RESTOCK = "restock", _("Back into stock")
    SCRAP = "scrap", _("Scrap")
    SUPPLIER = "supplier", _("Back to the supplier")
    CUSTOMER = "customer", _("Sent back to the customer")


class Inspection(models.TextChoices):
    """What the warehouse found. SOP: O21"""

    ACCEPTED = "accepted", _("Accepted")
    PARTIAL = "partial", _("Partly accepted")
    REJECTED = "rejected", pgettext_lazy("return", "Rejected")


class EvidenceKind(models.TextChoices):
    """What a photo or video of the customer shows. SOP: S8"""

    FAULT = "fault", _("The fault (photo or video)")
    DAMAGE = "damage", _("The damage")
    PACKAGE = "package", _("The parcel as it came, with its waybill")
    ITEM = "item", _("The article that came")
    LABEL = "label", _("The label or model number")
    OTHER = "other", pgettext_lazy("evidence", "Something else")


class FreightPayer(models.TextChoices):
    """Who pays for the way back. SOP: O20"""

    CUSTOMER = "customer", _("The customer")
    FAULT = "fault", _("The shop if it is at fault, else the customer")
    SHOP = "shop", _("The shop")


class RateOf(models.TextChoices):
    """By what the rate of returns is told apart. SOP: O22"""

    SKU = "sku", _("SKU")
    SUPPLIER = "supplier", _("Supplier")
    REASON = "reason", _("Reason")
    CARRIER = "carrier", _("Carrier")
    REVISION = "revision", _("Listing revision")


class ImprovementState(models.TextChoices):
    """Where an improvement stands. SOP: O22"""

    OPEN = "open", pgettext_lazy("improvement", "Measure wanted")
    WATCHED = "watched", pgettext_lazy("improvement", "Being watched")
    IMPROVED = "improved", pgettext_lazy("improvement", "Improved")
    NOT_IMPROVED = "not_improved", pgettext_lazy("improvement", "Not improved")
    NO_DATA = "no_data", pgettext_lazy("improvement", "Not enough data")
