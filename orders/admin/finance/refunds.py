"""The refund ledger in the browser."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.duties.definitions import SHOP_TIME
from orders.admin.finance.base import FinancePages
from orders.models import Refund
from orders.queries.finance.refunds import to_pay
from orders.rules.finance.refunds import REFUND_LIFECYCLE
from orders.services.finance import paying, refunds

HEADER = (
    _("Refund"),
    _("Payment reference"),
    _("Amount"),
    _("Currency"),
    _("Shop"),
    _("Order"),
    _("Platform number"),
    _("Paid by"),
    _("Reference of the customer's payment"),
    _("Customer"),
    _("Reason"),
    _("Pay by"),
)


class ReferenceForm(CommandForm):
    """Under which reference the money went."""

    reference = forms.CharField(label=_("Payment reference"), max_length=100)


@admin.register(Refund)
class RefundAdmin(FinancePages):
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

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.to_pay_view)
        return [path("to-pay.<slug:format>/", view, name="orders_refund_topay"), *super().get_urls()]

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        if not actor.can(paying.PERMISSION):
            return []
        url = reverse("admin:import_new", args=["orders.refund_payments"])
        upload = {"name": "payments", "label": _("Import payment references"), "danger": False, "url": url}
        return [self.link("topay", _("Export refunds to pay"), "xlsx"), upload]

    def to_pay_view(self, request: HttpRequest, format: str) -> HttpResponseBase:
        """Everything that finance has to pay, to be filled in with references and imported again. SOP: O15"""
        actor = actor_of(request)
        if not actor.can(paying.PERMISSION):
            raise PermissionDenied
        name = f"refunds-to-pay-{clock.now().astimezone(SHOP_TIME):%Y%m%d-%H%M}"
        return sheet_response(name, HEADER, (_cells(row) for row in to_pay(actor).iterator(chunk_size=2000)), format)


def _cells(row: Refund) -> list[Any]:
    order = row.order
    who = order.customer.name if order.customer else ""
    payment = (order.payment_method, order.payment_reference)
    place = (order.shop.code, order.number, order.external_id)
    return [row.public_id, "", row.amount, row.currency, *place, *payment, who, row.reason, row.due_at]
