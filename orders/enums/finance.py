"""Vocabulary of the finance desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RefundState(models.TextChoices):
    """Where money stands that goes back to a customer. SOP: O15, O20"""

    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")
    TO_PAY = "to_pay", _("To pay")
    SUCCEEDED = "succeeded", pgettext_lazy("refund", "Paid")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class RefundSource(models.TextChoices):
    """What the customer gets money back for."""

    CANCELLATION = "cancellation", _("Order cancelled")
    RETURN = "return", _("Goods returned")
    COMPENSATION = "compensation", _("Compensation")
    CORRECTION = "correction", _("Correction")
    PLATFORM = "platform", _("Refunded by the platform")


class BatchState(models.TextChoices):
    """Where the settlement of a period stands. SOP: O15"""

    OPEN = "open", pgettext_lazy("settlement", "Open")
    CHECKED = "checked", pgettext_lazy("settlement", "Checked")
    CLOSED = "closed", pgettext_lazy("settlement", "Closed")


class RowKind(models.TextChoices):
    """What a row of a settlement comes from."""

    SALE = "sale", _("Completed order")
    REFUND = "refund", _("Refund")
    COMPENSATION = "compensation", _("Compensation")
    ADJUSTMENT = "adjustment", _("Adjustment")


class DifferenceKind(models.TextChoices):
    """How our books and the platform's statement disagree."""

    MISSING_HERE = "missing_here", _("Not in our settlement")
    MISSING_THERE = "missing_there", _("Not in the platform's statement")
    AMOUNT = "amount_differs", _("Amounts differ")


class DifferenceState(models.TextChoices):
    OPEN = "open", pgettext_lazy("difference", "Open")
    RESOLVED = "resolved", _("Resolved")
    AGREED = "agreed", _("Agrees by now")
