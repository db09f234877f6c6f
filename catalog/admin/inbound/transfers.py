"""Transfers between warehouses in the browser."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.inbound.base import PlaceAdmin
from catalog.admin.inbound.sheets import LineForm, Sheet, ask
from catalog.enums.inbound import TransferStatus
from catalog.models import StockTransfer
from catalog.queries.inbound.deliveries import transfer_lines
from catalog.queries.inbound.purchases import warehouse_names
from catalog.rules.inbound.lifecycles import TRANSFER_LIFECYCLE
from catalog.services.inbound import transfer_ends, transfers
from catalog.services.inbound.base import Wanted
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command


def _places() -> list[tuple[Any, str]]:
    return [("", "---------"), *warehouse_names()]


class TransferForm(CommandForm):
    source_id = forms.TypedChoiceField(label=_("From"), choices=_places, coerce=int)
    target_id = forms.TypedChoiceField(label=_("To"), choices=_places, coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class PiecesForm(LineForm):
    sku = forms.CharField(label=_("SKU or barcode"), max_length=60, required=False)
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=1_000_000, required=False)

    def filled(self) -> dict[str, Any] | None:
        data = super().filled()
        return data | {"quantity": data["quantity"] or 0} if data else None


class NoteForm(CommandForm):
    note = forms.CharField(label=_("What is known of it"), max_length=2000, widget=forms.Textarea)


@admin.register(StockTransfer)
class StockTransferAdmin(PlaceAdmin):
    """Ours: transfers"""

    subject_kind = transfer_ends.KIND
    subject_argument = "transfer_id"
    places = ("source", "target")
    lifecycle = TRANSFER_LIFECYCLE
    commands = {
        "send": Command(_("The goods leave"), transfers.send_transfer),
        "cancel": Command(_("Give it up"), transfer_ends.cancel_transfer, ReasonForm, danger=True),
        "settle": Command(_("Accept the loss"), transfer_ends.settle_transfer, NoteForm, danger=True),
    }
    change_form_outer_before_template: Any = "catalog/inbound/transfer_top.html"
    list_display = ("number", "source", "target", "state", "requested_at", "sent_at", "received_at")
    list_select_related = ("source", "target")
    list_filter = ("status", "has_differences")
    search_fields = ("number__startswith",)
    fields = (
        "number",
        "source",
        "target",
        "status",
        "reason",
        "requested_at",
        "requested_by",
        "sent_at",
        "sent_by",
        "received_at",
        "received_by",
        "settled_at",
        "settled_by",
        "settlement_note",
    )

    @column(_("status"), colours={"requested": "blue", "sent": "amber", "received": "green"}, ordering="status")
    def state(self, row: StockTransfer) -> tuple[str, str]:
        return row.status, row.get_status_display()

    def get_urls(self) -> list[URLPattern]:
        receive = self.admin_site.admin_view(self.receive_view)
        return [path("<path:object_id>/receive/", receive, name="catalog_stocktransfer_receive"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(transfers.PERMISSION)

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.button("add", _("New transfer"))] if actor.can(transfers.PERMISSION) else []

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        settles = obj.has_differences and not obj.settled_at
        found = [button for button in super().buttons(obj, actor) if button["name"] != "settle" or settles]
        if obj.status == TransferStatus.SENT and actor.can(transfers.PERMISSION):
            found.insert(0, self.button("receive", _("The goods have arrived"), obj.pk))
        return found

    def page_context(self, request: HttpRequest, obj: StockTransfer) -> dict[str, Any]:
        return super().page_context(request, obj) | {"lines": transfer_lines(obj)}

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for goods of another warehouse."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sheet = Sheet(request, TransferForm, PiecesForm)

        def save(filled: Sheet) -> StockTransfer:
            lines = [Wanted(**line) for line in filled.lines()]
            return transfers.request_transfer(**filled.form.cleaned_data, lines=lines, actor=actor_of(request), now=clock.now())

        return ask(request, self.admin_site, sheet, title=_("New transfer"), model=StockTransfer, save=save)

    def receive_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Count what has arrived, a field for each SKU, filled with what was sent."""
        transfer = self.seen(request, object_id, transfers.PERMISSION)
        lines = transfer_lines(transfer)
        fields = {
            f"sku-{line.sku_id}": forms.IntegerField(
                label=f"{line.sku.code} {line.sku.product.title}",
                min_value=0,
                initial=line.quantity,
                help_text=_t("Sent: %(pieces)s pieces. Enter how many arrived.") % {"pieces": line.quantity},
            )
            for line in lines
        }
        form_class = type("ArrivalForm", (CommandForm,), fields)

        def run(*, actor: Actor, now: Any, **counted: int) -> StockTransfer:
            arrived = {line.sku.code: counted[f"sku-{line.sku_id}"] for line in lines}
            return transfers.receive_transfer(transfer_id=transfer.pk, arrived=arrived, actor=actor, now=now)

        return self.ask(request, form_class, run, _("The goods have arrived"), original=transfer)
