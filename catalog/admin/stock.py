"""Stock balances, their ledger, and SKUs with their alert thresholds."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import Sku, StockItem, StockMovement
from catalog.rules.alerts import ITEM_STEPS, KEPT, SKU_STEPS
from catalog.rules.content import in_words
from catalog.services.handling import change_handling
from catalog.services.thresholds import change_threshold, confirm_jump
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin


class ThresholdForm(CommandForm):
    """Asks for a SKU's own threshold; empty means the general one."""

    threshold = forms.IntegerField(
        label=_("Alert threshold"), required=False, help_text=_("Pieces; empty means the general threshold.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea)


def _filled(sku: Sku) -> type[CommandForm]:
    """The form of handling, opened with what is known of the SKU."""
    fields = {name: copy(field) for name, field in HandlingForm.base_fields.items()}
    for name, field in fields.items():
        field.initial = getattr(sku, name)
    return type("FilledHandlingForm", (HandlingForm,), fields)


class KeptAdmin(LifecycleAdmin):
    """Pages of things without states of their own: their commands are always the same."""

    state_field = "standing"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        named: QuerySet[Any] = rows.annotate(standing=Value(KEPT))
        return named


class HandlingForm(CommandForm):
    """Asks for the weight of a piece and the notices on its parcel; it opens with what is known. SOP: O11"""

    grams = forms.IntegerField(
        label=_("Weight (g)"), required=False, help_text=_("One piece as it is packed; empty while nobody has weighed it.")
    )
    fragile = forms.BooleanField(label=_("Fragile"), required=False)
    do_not_bend = forms.BooleanField(label=_("Do not bend"), required=False)


@admin.register(Sku)
class SkuAdmin(KeptAdmin):
    subject_kind = "sku"
    subject_argument = "sku_id"
    lifecycle = SKU_STEPS
    commands = {
        "change_threshold": Command(_("Change the alert threshold"), change_threshold, ThresholdForm),
        "change_handling": Command(_("Weight and handling"), change_handling, HandlingForm),
    }
    list_display = ("code", "product", "price", "alert_threshold", "grams", "fragile", "do_not_bend")
    list_select_related = ("product",)
    search_fields = ("code__startswith", "barcode__startswith")
    fields = (
        *("code", "product", "barcode", "choice", "price", "discount_price", "member_price", "alert_threshold"),
        ("grams", "fragile", "do_not_bend"),
    )

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        return _filled(obj) if command.form is HandlingForm else command.form

    @column(_("options"))
    def choice(self, sku: Sku) -> str:
        return in_words(sku.options)


@admin.register(StockItem)
class StockItemAdmin(KeptAdmin):
    subject_kind = "stock"
    subject_argument = "item_id"
    lifecycle = ITEM_STEPS
    commands = {"confirm_jump": Command(_("Confirm the jump"), confirm_jump, ReasonForm)}
    list_display = ("sku", "warehouse", "on_hand", "reserved", "left_to_sell")
    list_select_related = ("sku", "warehouse")
    list_filter = ("warehouse",)
    search_fields = ("sku__code__startswith",)
    fields = ("sku", "warehouse", "on_hand", "reserved", "left_to_sell")

    @column(_("left to sell"))
    def left_to_sell(self, row: StockItem) -> int:
        return row.available


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    list_display = ("at", "sku", "warehouse", "delta", "reason", "ref", "actor_label")
    list_select_related = ("sku", "warehouse")
    list_filter = ("reason", "warehouse")
    search_fields = ("sku__code__startswith", "ref__startswith")
    fields = list_display
