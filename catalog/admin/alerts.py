"""Stock alerts: purchasing takes note of them and says what is ordered."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget

from catalog.models import StockAlert
from catalog.rules.alerts import ALERT_LIFECYCLE
from catalog.services.alerts import acknowledge_alert, order_replenishment
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin


class ReplenishmentForm(CommandForm):
    """Asks what is ordered."""

    quantity = forms.IntegerField(label=_("Ordered pieces"), min_value=1)
    expected_on = forms.DateField(label=_("Expected on"), widget=UnfoldAdminSingleDateWidget)


@admin.register(StockAlert)
class StockAlertAdmin(LifecycleAdmin):
    subject_kind = "stock_alert"
    subject_argument = "alert_id"
    lifecycle = ALERT_LIFECYCLE
    commands = {
        "ack": Command(_("Acknowledge"), acknowledge_alert),
        "order": Command(_("Goods are ordered"), order_replenishment, ReplenishmentForm),
    }
    list_display = ("sku", "status", "available", "threshold", "opened_at", "ordered_quantity", "expected_on")
    list_select_related = ("sku",)
    list_filter = ("status",)
    search_fields = ("sku__code__startswith", "public_id")
    fields = (
        "sku",
        "status",
        "available",
        "threshold",
        "opened_at",
        "out_at",
        "acked_at",
        "acked_by",
        "ordered_at",
        "ordered_quantity",
        "expected_on",
        "resolved_at",
    )
