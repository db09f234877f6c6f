"""The refund ledger in the browser."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.models import Refund
from orders.rules.finance.refunds import REFUND_LIFECYCLE
from orders.services.finance import refunds


class ReferenceForm(CommandForm):
    """Under which reference the money went."""

    reference = forms.CharField(label=_("Payment reference"), max_length=100)


@admin.register(Refund)
class RefundAdmin(LifecycleAdmin):
    """SOP: O15, O20"""

    subject_kind = refunds.KIND
    shop_field = "order__shop"
    subject_argument = "refund_id"
    state_field = "state"
    lifecycle = REFUND_LIFECYCLE
    commands = {
        "approve": Command(label=_("Approve"), run=refunds.approve_refund),
        "reject": Command(label=_("Reject"), run=refunds.reject_refund, form=ReasonForm, danger=True),
        "pay": Command(label=_("Refund is paid"), run=refunds.pay_refund, form=ReferenceForm),
        "fail": Command(label=_("Payment failed"), run=refunds.fail_refund, form=ReasonForm, danger=True),
        "retry": Command(label=_("Try again"), run=refunds.retry_refund),
    }
    keyset = ("-id",)
    list_display = ("public_id", "order", "amount", "currency", "state", "source", "due_at", "paid_at", "reference")
    list_select_related = ("order",)
    list_filter = ("state", "source")
    search_fields = ("order__number__startswith", "public_id__exact")
    fields = (
        ("order", "state"),
        ("amount", "currency", "source"),
        ("reason", "asked_by", "due_at"),
        ("approved_by", "failure"),
        ("reference", "paid_at", "paid_by"),
    )
