"""Write-offs and finds in the browser."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from catalog.admin.inbound.base import PlaceAdmin
from catalog.admin.inbound.sheets import LineForm, Sheet, ask
from catalog.enums.inbound import AdjustmentReason
from catalog.models import StockAdjustment, StockLot
from catalog.queries.inbound.purchases import warehouse_names
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.inbound.lifecycles import ADJUSTMENT_LIFECYCLE
from catalog.rules.stock import is_expired
from catalog.services.inbound import adjustment_steps, adjustments
from catalog.services.inbound.adjustments import AdjustmentLine
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command
from opsdesk.duties.definitions import SHOP_TIME


class AdjustmentForm(CommandForm):
    warehouse_id = forms.TypedChoiceField(label=_("Warehouse"), choices=warehouse_names, coerce=int)
    reason = forms.ChoiceField(label=_("Reason"), choices=AdjustmentReason.choices)
    note = forms.CharField(
        label=_("Evidence"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Who looked, where, what was seen; where the pictures are."),
    )


class AdjustmentLineForm(LineForm):
    sku = forms.CharField(label=_("SKU or barcode"), max_length=60, required=False)
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=1_000_000, required=False)
    lot = forms.IntegerField(
        label=_("Number of the lot"), min_value=1, required=False, help_text=_("Empty: the oldest pieces.")
    )

    def line(self) -> AdjustmentLine:
        """The row as what the service takes."""
        data = self.cleaned_data
        return AdjustmentLine(data["sku"], data["quantity"] or 0, data["lot"])


class DecisionNoteForm(CommandForm):
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)


@admin.register(StockAdjustment)
class StockAdjustmentAdmin(PlaceAdmin):
    """SOP: C22"""

    subject_kind = adjustment_steps.KIND
    subject_argument = "adjustment_id"
    lifecycle = ADJUSTMENT_LIFECYCLE
    commands = {
        "approve": Command(_("Approve"), adjustment_steps.approve_adjustment, DecisionNoteForm),
        "reject": Command(_("Reject"), adjustment_steps.reject_adjustment, DecisionNoteForm, danger=True),
        "withdraw": Command(_("Withdraw"), adjustment_steps.withdraw_adjustment),
    }
    change_form_outer_before_template: Any = "catalog/inbound/adjustment_top.html"
    list_display = ("number", "warehouse", "reason", "pieces", "state", "made_at", "made_by", "approver")
    list_select_related = ("warehouse", "approver")
    list_filter = ("status", "reason", "warehouse")
    search_fields = ("number__startswith",)

    @column(_("status"), colours={"in_review": "amber", "posted": "green", "rejected": "red"}, ordering="status")
    def state(self, row: StockAdjustment) -> tuple[str, str]:
        return row.status, row.get_status_display()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ["number", "warehouse", "reason", "note", "status", "pieces", "made_at", "made_by", "needs_approval"]
        amount = ["amount"] if sees_values(actor_of(request)) else []
        return [*names, *amount, "approver", "decided_at", "decision_note", "posted_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(adjustments.PERMISSION)

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.button("add", _("Write off or book a find"))] if actor.can(adjustments.PERMISSION) else []

    def page_context(self, request: HttpRequest, obj: StockAdjustment) -> dict[str, Any]:
        lines = obj.lines.select_related("sku__product", "lot").order_by("sku__code", "id")
        return super().page_context(request, obj) | {"lines": lines, "sees_values": sees_values(actor_of(request))}

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write a correction; ``lot`` in the address fills the form with what is left of a lot."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        initial, rows = _of_lot(request)
        sheet = Sheet(request, AdjustmentForm, AdjustmentLineForm, initial=initial, rows=rows)

        def save(filled: Sheet) -> StockAdjustment:
            lines = [row.line() for row in filled.rows if row.filled()]
            return adjustments.adjust_stock(**filled.form.cleaned_data, lines=lines, actor=actor_of(request), now=clock.now())

        title = _("Write off or book a find")
        return ask(request, self.admin_site, sheet, title=title, model=StockAdjustment, save=save)


def sees_values(actor: Actor) -> bool:
    """Values tell costs."""
    return actor.can("catalog.view_cost")


def _of_lot(request: HttpRequest) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    wanted = request.GET.get("lot", "")
    visible = warehouses_visible_to(actor_of(request)).values("pk")
    lots = StockLot.objects.filter(pk=int(wanted) if wanted.isascii() and wanted.isdigit() else 0, warehouse__in=visible)
    lot = lots.select_related("sku").first()
    if lot is None:
        return {}, []
    late = is_expired(expires_on=lot.expires_on, today=clock.now().astimezone(SHOP_TIME).date())
    reason = AdjustmentReason.EXPIRED if late else AdjustmentReason.DAMAGED
    row = {"sku": lot.sku.code, "quantity": lot.quantity_left, "lot": lot.pk}
    return {"warehouse_id": lot.warehouse_id, "reason": reason}, [row]
