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
