"""Invoice requests in the browser: customer service asks, finance issues. SOP: O7"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.duties.definitions import SHOP_TIME
from orders.admin.asking import ask_of_order
from orders.admin.finance.base import FinancePages
from orders.enums.invoices import InvoiceParty, InvoiceState
from orders.enums.orders import OrderStatus
from orders.models import InvoiceRequest, Order
from orders.queries.invoices.requests import open_requests
from orders.rules.invoices.lifecycle import INVOICE_LIFECYCLE
from orders.services.invoices import issuing, requests, rows

COLOURS = {
    InvoiceState.REQUESTED: "amber",
    InvoiceState.ISSUED: "green",
    InvoiceState.RED_LETTER_DUE: "red",
    InvoiceState.RED_LETTERED: "blue",
    InvoiceState.CANCELLED: "blue",
}
HEADER = (
    _("Request"),
    _("Order"),
    _("Platform number"),
    _("Shop"),
    _("State"),
    _("Made out to"),
    pgettext_lazy("invoice", "Title"),
    _("Tax id"),
    _("Amount"),
    _("Currency"),
    _("E-mail"),
    _("Issue by"),
    _("Invoice number"),
)
LABEL = _("Ask for an invoice")


class HeadingForm(CommandForm):
    """To whom the invoice is made out."""

    party = forms.ChoiceField(label=_("Made out to"), choices=InvoiceParty.choices)
    title = forms.CharField(label=pgettext_lazy("invoice", "Title"), max_length=100)
    tax_id = forms.CharField(
        label=_("Tax id"),
        max_length=25,
        required=False,
        help_text=_("Companies only: the 18 characters of the unified social credit code, or 15 digits."),
    )
    email = forms.EmailField(label=_("E-mail for the invoice"), max_length=254)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        return data if self.errors else {"heading": rows.Heading(**data)}


class IssueForm(CommandForm):
    """The invoice as finance has issued it."""

    number = forms.CharField(label=_("Invoice number"), max_length=40)
    file = forms.FileField(label=_("The invoice (PDF, at most 10 MB)"))


class RedLetterForm(CommandForm):
    """The red-letter invoice."""

    number = forms.CharField(label=_("Red-letter number"), max_length=40)
    file = forms.FileField(label=_("The red-letter invoice (PDF, at most 10 MB)"), required=False)


@admin.register(InvoiceRequest)
class InvoiceRequestAdmin(FinancePages):
    """SOP: O7"""

    subject_kind = rows.KIND
    shop_field = "order__shop"
    subject_argument = "invoice_id"
    state_field = "state"
    lifecycle = INVOICE_LIFECYCLE
    commands = {
        "issue": Command(label=_("Invoice issued"), run=issuing.issue_invoice, form=IssueForm),
        "correct": Command(label=_("Correct the request"), run=requests.correct_request, form=HeadingForm),
        "cancel": Command(label=_("Cancel the request"), run=requests.cancel_request, form=ReasonForm, danger=True),
        "ask_red_letter": Command(
            label=_("Ask for a red-letter invoice"), run=issuing.ask_red_letter, form=ReasonForm, danger=True
        ),
        "issue_red_letter": Command(label=_("Red-letter invoice issued"), run=issuing.issue_red_letter, form=RedLetterForm),
    }
    list_display = ("public_id", "order", "coloured_state", "party", "title", "amount", "currency", "due_at", "number")
    list_select_related = ("order",)
    list_filter = ("state", "party")
    search_fields = ("order__number__startswith", "number__startswith", "public_id__exact")
    fields = (
        ("order", "coloured_state"),
        ("party", "title", "tax_id", "email"),
        ("amount", "currency", "due_at"),
        ("asked_by", "asked_at", "reason"),
        ("number", "issued_at", "issued_by", "paper"),
        ("red_number", "red_paper"),
    )
    readonly_fields = ("coloured_state", "paper", "red_paper")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("open.<slug:format>/", view(self.open_view), name="orders_invoicerequest_open"),
            path("new/<int:order_id>/", view(self.new_view), name="orders_invoicerequest_new"),
            *super().get_urls(),
        ]

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.link("open", _("Export open requests"), "xlsx")] if actor.can("orders.issue_invoice") else []

    def new_view(self, request: HttpRequest, order_id: int) -> HttpResponse:
        """Ask for an invoice of an order."""
        return ask_of_order(
            request,
            self,
            order_id=order_id,
            permission=requests.PERMISSION,
            form=lambda order: HeadingForm,
            run=requests.request_invoice,
            label=LABEL,
            then=lambda row: reverse("admin:orders_invoicerequest_change", args=[row.pk]),
        )

    def open_view(self, request: HttpRequest, format: str) -> HttpResponseBase:
        """Everything that finance has to issue or take back. SOP: O7"""
        actor = actor_of(request)
        if not actor.can("orders.issue_invoice"):
            raise PermissionDenied
        name = f"invoices-to-issue-{clock.now().astimezone(SHOP_TIME):%Y%m%d-%H%M}"
        return sheet_response(name, HEADER, (_cells(row) for row in open_requests(actor).iterator(chunk_size=2000)), format)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: InvoiceRequest) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @column(_("file"))
    def paper(self, row: InvoiceRequest) -> str:
        return _link(row.file)

    @column(_("red-letter file"))
    def red_paper(self, row: InvoiceRequest) -> str:
        return _link(row.red_file)


def invoice_button(order: Order, actor: Actor) -> list[dict[str, Any]]:
    """The button on the order's page, where something was paid."""
    if order.status == OrderStatus.CANCELLED or not rows.amount_of(order) or not actor.can(requests.PERMISSION):
        return []
    url = reverse("admin:orders_invoicerequest_new", args=[order.pk])
    return [{"name": "request_invoice", "label": LABEL, "danger": False, "url": url}]


def _link(file: Any) -> str:
    return format_html('<a href="{}">{}</a>', reverse("file", args=[file.public_id]), file.original_name) if file else ""


def _cells(row: InvoiceRequest) -> list[Any]:
    order = row.order
    place = (order.number, order.external_id, order.shop.code)
    heading = (row.get_party_display(), row.title, row.tax_id)
    return [
        row.public_id,
        *place,
        row.get_state_display(),
        *heading,
        row.amount,
        row.currency,
        row.email,
        row.due_at,
        row.number,
    ]
