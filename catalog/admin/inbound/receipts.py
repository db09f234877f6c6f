"""Goods receipts in the browser: opened, counted with a scanner, posted, printed, settled."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.inbound.base import PlaceAdmin
from catalog.admin.inbound.labels import labels_page
from catalog.admin.inbound.lots import lot_label
from catalog.admin.inbound.sheets import day_widget
from catalog.enums.inbound import DifferenceOutcome, ReceiptStatus
from catalog.models import GoodsReceipt
from catalog.queries.inbound.deliveries import lines_of, lots_of, open_orders
from catalog.queries.inbound.purchases import warehouse_names
from catalog.rules.inbound.lifecycles import RECEIPT_LIFECYCLE
from catalog.services.inbound import posting, receipts
from catalog.services.inbound.receipts import Scan
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm, posted
from opsdesk.doors.admin.records import Command


def _key(text: str) -> int | None:
    return int(text) if text else None


class OpenForm(CommandForm):
    purchase_order_id = forms.TypedChoiceField(
        label=_("Purchase order"), choices=open_orders, coerce=_key, empty_value=None, required=False
    )
    warehouse_id = forms.TypedChoiceField(
        label=_("Warehouse"),
        choices=lambda: [("", "---------"), *warehouse_names()],
        coerce=_key,
        empty_value=None,
        required=False,
        help_text=_("Only without a purchase order."),
    )
    supplier_name = forms.CharField(label=_("Supplier"), max_length=120, required=False)
    reason = forms.CharField(label=_("Reason without an order"), max_length=200, required=False)
    delivery_note = forms.CharField(label=_("Delivery note"), max_length=60, required=False)


class ScanForm(CommandForm):
    """What the scanner and the keyboard give, in this order; Enter goes on."""

    code = forms.CharField(label=_("SKU or barcode"), max_length=60)
    quantity = forms.IntegerField(label=_("Good pieces"), required=False)
    lot_code = forms.CharField(label=_("Lot"), max_length=60, required=False)
    expires_on = forms.DateField(label=_("Use by"), required=False, widget=day_widget())
    location = forms.CharField(label=_("Location"), max_length=40, required=False)
    damaged = forms.IntegerField(label=_("Damaged pieces"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "data-scan-field": ""}

    def scan(self) -> Scan:
        """The form as what the service takes."""
        data = self.cleaned_data
        return Scan(**data | {"quantity": data["quantity"] or 0, "damaged": data["damaged"] or 0})


class SettleForm(CommandForm):
    outcome = forms.ChoiceField(label=_("Settled as"), choices=DifferenceOutcome.choices)
    note = forms.CharField(label=_("What was agreed"), max_length=2000, widget=forms.Textarea)


@admin.register(GoodsReceipt)
class GoodsReceiptAdmin(PlaceAdmin):
    """SOP: C11, C12"""

    subject_kind = receipts.KIND
    subject_argument = "receipt_id"
    lifecycle = RECEIPT_LIFECYCLE
    commands = {
        "post": Command(_("Post to stock"), posting.post_receipt),
        "cancel": Command(_("Give it up"), receipts.cancel_receipt, ReasonForm, danger=True),
        "settle": Command(_("Settle the differences"), posting.settle_differences, SettleForm),
    }
    change_form_outer_before_template: Any = "catalog/inbound/receipt_top.html"
    list_display = ("number", "purchase_order", "supplier_name", "warehouse", "state", "opened_at", "posted_at")
    list_select_related = ("warehouse", "purchase_order")
    list_filter = ("status", "has_differences", "warehouse")
    search_fields = ("number__startswith", "supplier_name__startswith", "purchase_order__number__startswith")
    fields = (
        "number",
        "purchase_order",
        "supplier_name",
        "warehouse",
        "status",
        "reason",
        "delivery_note",
        "opened_at",
        "opened_by",
        "posted_at",
        "posted_by",
        "outcome",
        "settlement_note",
        "settled_at",
        "settled_by",
    )

    @column(_("status"), colours={"open": "blue", "posted": "green", "differences": "amber"})
    def state(self, row: GoodsReceipt) -> tuple[str, str]:
        if row.has_differences and not row.settled_at:
            return "differences", _t("Differences to settle")
        return row.status, row.get_status_display()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/count/", wrap(self.count_view), name="catalog_goodsreceipt_count"),
            path("<path:object_id>/print/", wrap(self.print_view), name="catalog_goodsreceipt_print"),
            path("<path:object_id>/labels/", wrap(self.labels_view), name="catalog_goodsreceipt_labels"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(receipts.PERMISSION)

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.button("add", _("Receive a delivery"))] if actor.can(receipts.PERMISSION) else []

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands; settling only while something is open."""
        settles = obj.has_differences and not obj.settled_at
        found = [button for button in super().buttons(obj, actor) if button["name"] != "settle" or settles]
        found.append(self.button("print", _("Print the slip"), obj.pk))
        if obj.status == ReceiptStatus.POSTED:
            found.append(self.button("labels", _("Print lot labels"), obj.pk))
        return found

    def page_context(self, request: HttpRequest, obj: GoodsReceipt) -> dict[str, Any]:
        counts = "count" in self.lifecycle.available(obj.status, actor_of(request))
        form = getattr(request, "_scan_form", None) or ScanForm()
        return super().page_context(request, obj) | {"lines": lines_of(obj), "scan_form": form if counts else None}

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Begin a delivery."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.ask(request, OpenForm, receipts.open_receipt, _("Receive a delivery"))

    def count_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Add what was scanned; a refusal is shown on the same page, with what was typed."""
        receipt = self.seen(request, object_id, receipts.PERMISSION)
        page = reverse("admin:catalog_goodsreceipt_change", args=[receipt.pk])
        if request.method != "POST":
            return HttpResponseRedirect(page)
        form = ScanForm(posted(request))
        if form.is_valid():
            try:
                with transaction.atomic():
                    scan = form.scan()
                    receipts.count_pieces(receipt_id=receipt.pk, scans=[scan], actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                _refuse(form, refusal)
            else:
                messages.success(
                    request, _t("Counted: %(code)s × %(n)s") % {"code": scan.code, "n": scan.quantity or scan.damaged}
                )
                return HttpResponseRedirect(page)
        return self._shown_again(request, receipt, form)

    def print_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The slip of the delivery, with its differences."""
        receipt = self.seen(request, object_id)
        return self.sheet_of_paper(request, "catalog/inbound/receipt_print.html", receipt=receipt, lines=lines_of(receipt))

    def labels_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A label for every lot that the delivery made."""
        receipt = self.seen(request, object_id)
        return labels_page(self, request, _("Lot labels"), [lot_label(lot) for lot in lots_of(receipt)])

    def _shown_again(self, request: HttpRequest, receipt: GoodsReceipt, form: ScanForm) -> HttpResponse:
        request._scan_form = form  # type: ignore[attr-defined]
        request.method = "GET"  # the frame would take a POST for a saved form
        page: HttpResponse = self.changeform_view(request, str(receipt.pk))
        page.status_code = 422
        return page


def _refuse(form: ScanForm, error: DomainError) -> None:
    """Issues of the one scan belong to the form's fields."""
    cut = [
        type(issue)(issue.pointer.removeprefix("/scans/0"), issue.code, issue.message, issue.params) for issue in error.issues
    ]
    form.refuse(type(error)(error.message_id, issues=cut, **error.params))
