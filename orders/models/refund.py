"""The refund ledger: money that goes back to customers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from orders.enums.finance import RefundSource, RefundState


class Refund(Record):
    """One amount that one order gives back, for one reason. The order's `refunded_amount` and `owed_amount` are its sums.

    `source_id` names what it was decided for, such as a return's public id. SOP: O15, O20, S8
    """

    public_id = PublicIdField(prefix="ref")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="refunds", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=20, choices=RefundState)
    source = models.CharField(pgettext_lazy("refund", "for"), max_length=20, choices=RefundSource)
    source_id = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    key = models.CharField(max_length=120, unique=True)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(_("asked for by"), max_length=150)
    approver = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_by = models.CharField(_("approved by"), max_length=150, blank=True)
    due_at = models.DateTimeField(_("pay by"))
    reference = models.CharField(_("payment reference"), max_length=100, blank=True)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True)
    paid_by = models.CharField(_("paid by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        default_permissions = ("view",)
        permissions = [("approve_refund", _("Approve refunds above the limit")), ("pay_refund", _("Pay refunds"))]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
            models.CheckConstraint(condition=Q(approver=None) | ~Q(approver=F("author")), name="refund_by_a_second_person"),
            models.CheckConstraint(
                condition=Q(state="succeeded", paid_at__isnull=False) | (~Q(state="succeeded") & Q(paid_at=None)),
                name="refund_paid_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="refund_state"),
            models.Index(fields=["xid", "id"], name="refund_feed"),
        ]

    def __str__(self) -> str:
        return str(self.order)
