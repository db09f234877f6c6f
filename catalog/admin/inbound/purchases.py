"""Purchase orders in the browser: written, gathered from requests, sent, approved, printed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.admin.inbound.base import PlaceAdmin
from catalog.admin.inbound.sheets import LineForm, Sheet, ask, day_widget
from catalog.enums.inbound import PurchaseStatus
from catalog.models import PurchaseOrder
from catalog.queries.inbound.purchases import active_suppliers, amount_of, hash_of, lines_of, suppliers_waiting, warehouse_names
from catalog.rules.inbound.lifecycles import PURCHASE_LIFECYCLE
from catalog.services.inbound import purchase_steps, purchasing
from catalog.services.inbound.purchasing import PurchaseDraft, PurchaseLine
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import sheet_response

COLOURS = {
    PurchaseStatus.IN_REVIEW: "amber",
    PurchaseStatus.SENT: "blue",
    PurchaseStatus.PARTLY_RECEIVED: "amber",
    PurchaseStatus.RECEIVED: "green",
}


class PurchaseForm(CommandForm):
    supplier_name = forms.ChoiceField(label=_("Supplier"), choices=active_suppliers)
    warehouse_id = forms.TypedChoiceField(label=_("Deliver to"), choices=warehouse_names, coerce=int)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)


class PurchaseLineForm(LineForm):
    sku = forms.CharField(label=_("SKU or barcode"), max_length=60, required=False)
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=1_000_000, required=False)
    unit_cost = forms.DecimalField(label=_("Unit cost"), min_value=0, max_digits=9, decimal_places=2, required=False)
    expected_on = forms.DateField(label=_("Expected on"), required=False, widget=day_widget())

    def clean(self) -> dict[str, Any]:
        """Whoever names a SKU says how many, at which price, and when."""
        data = super().clean()
        if data.get("sku"):
            for name in ("quantity", "unit_cost", "expected_on"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("This field is required."))
        return data


class GatherForm(CommandForm):
    supplier_name = forms.ChoiceField(label=_("Supplier"))
    warehouse_id = forms.TypedChoiceField(label=_("Deliver to"), choices=warehouse_names, coerce=int)
    expected_on = forms.DateField(label=_("Expected on"), widget=day_widget())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supplier = self.fields["supplier_name"]
        assert isinstance(supplier, forms.ChoiceField)
        supplier.choices = [(name, name) for name in suppliers_waiting()]


class RescheduleForm(ReasonForm):
    expected_on = forms.DateField(label=_("Expected on"), widget=day_widget())


class DecisionForm(CommandForm):
    """The decision stands on the order's own page, under what it is about; the hash says what was seen."""

    seen_hash = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


@admin.register(PurchaseOrder)
class PurchaseOrderAdmin(PlaceAdmin):
    """SOP: C12"""

    subject_kind = purchasing.KIND
    subject_argument = "order_id"
    lifecycle = PURCHASE_LIFECYCLE
    commands = {
        "send": Command(_("Send to the supplier"), purchase_steps.send_purchase),
        "withdraw": Command(_("Withdraw"), purchase_steps.withdraw_purchase),
        "approve": Command(_("Approve"), purchase_steps.decide_purchase, DecisionForm, fixed={"approve": True}),
        "return": Command(
            pgettext_lazy("decision", "Return"), purchase_steps.decide_purchase, DecisionForm, fixed={"approve": False}
        ),
        "reschedule": Command(_("Note a new day"), purchase_steps.reschedule_purchase, RescheduleForm),
        "close": Command(_("Nothing more comes"), purchase_steps.close_purchase, ReasonForm),
        "cancel": Command(_("Cancel the order"), purchase_steps.cancel_purchase, ReasonForm, danger=True),
    }
    change_form_outer_before_template: Any = "catalog/inbound/purchase_top.html"
    list_display = ("number", "supplier_name", "warehouse", "state", "made_at", "sent_at", "made_by")
    list_select_related = ("warehouse",)
    list_filter = ("status", "warehouse")
    search_fields = ("number__startswith", "supplier_name__startswith")
    fields = (
        "number",
        "supplier_name",
        "warehouse",
        "status",
        "made_at",
        "made_by",
        "sent_at",
        "closed_at",
        "approver",
        "note",
    )

    @column(_("status"), colours=COLOURS, ordering="status")
    def state(self, row: PurchaseOrder) -> tuple[str, str]:
        return row.status, row.get_status_display()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("do/gather/", wrap(self.gather_view), name="catalog_purchaseorder_gather"),
            path("<path:object_id>/write/", wrap(self.write_view), name="catalog_purchaseorder_write"),
            path("<path:object_id>/table/<slug:format>/", wrap(self.table_view), name="catalog_purchaseorder_table"),
            path("<path:object_id>/print/", wrap(self.print_view), name="catalog_purchaseorder_print"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(purchasing.PERMISSION)

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        if not actor.can(purchasing.PERMISSION):
            return []
        return [self.button("gather", _("Gather requests")), self.button("add", _("New purchase order"))]

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, without those that stand beside the lines, and the screens."""
        found = [button for button in super().buttons(obj, actor) if button["name"] not in ("approve", "return")]
        if "write" in self.lifecycle.available(obj.status, actor):
            found.append(self.button("write", _("Edit"), obj.pk))
        tables = [self.button("table", label, obj.pk, format) for format, label in (("xlsx", "Excel"), ("csv", "CSV"))]
        return [*found, self.button("print", _("Print"), obj.pk), *tables]

    def page_context(self, request: HttpRequest, obj: PurchaseOrder) -> dict[str, Any]:
        steps = self.lifecycle.available(obj.status, actor_of(request))
        return super().page_context(request, obj) | {
            "lines": lines_of(obj),
            "amount": amount_of(obj),
            "seen_hash": hash_of(obj) if "approve" in steps else "",
            "receipts": obj.receipts.order_by("-id"),
        }

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write a new order."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._write(request, None)

    def write_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write a draft anew."""
        return self._write(request, self.seen(request, object_id, purchasing.PERMISSION))

    def gather_view(self, request: HttpRequest) -> HttpResponse:
        """Make an order of the accepted requests of one supplier."""
        if not actor_of(request).can(purchasing.PERMISSION):
            raise PermissionDenied
        return self.ask(request, GatherForm, purchasing.gather_requests, _("Gather requests"))

    def print_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The order for the supplier, on paper."""
        order = self.seen(request, object_id)
        return self.sheet_of_paper(
            request, "catalog/inbound/purchase_print.html", order=order, lines=lines_of(order), amount=amount_of(order)
        )

    def table_view(self, request: HttpRequest, object_id: str, format: str) -> HttpResponseBase:
        """The order's lines as a table for the supplier."""
        order = self.seen(request, object_id)
        header = [_("Order"), _("SKU"), _("Barcode"), _("Goods"), _("Pieces"), _("Unit cost"), _("Expected on")]
        rows = [
            (
                order.number,
                line.sku.code,
                line.sku.barcode,
                line.sku.product.title,
                line.quantity,
                line.unit_cost,
                line.expected_on,
            )
            for line in lines_of(order)
        ]
        return sheet_response(order.number, header, rows, format)

    def _write(self, request: HttpRequest, order: PurchaseOrder | None) -> HttpResponse:
        names = ("quantity", "unit_cost", "expected_on")
        kept = lines_of(order) if order else []
        rows = [{"sku": line.sku.code} | {name: getattr(line, name) for name in names} for line in kept]
        initial = {name: getattr(order, name) for name in ("supplier_name", "warehouse_id", "note")} if order else {}
        sheet = Sheet(request, PurchaseForm, PurchaseLineForm, initial=initial, rows=rows)

        def save(filled: Sheet) -> PurchaseOrder:
            draft = PurchaseDraft(**filled.form.cleaned_data, lines=[PurchaseLine(**line) for line in filled.lines()])
            key = order.pk if order else None
            return purchasing.write_purchase(draft=draft, order_id=key, actor=actor_of(request), now=clock.now())

        title = order or _("New purchase order")
        return ask(request, self.admin_site, sheet, title=title, model=PurchaseOrder, save=save, original=order)
