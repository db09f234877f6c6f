"""Stock alerts: purchasing takes note of them and says what is ordered."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.inbound.sheets import day_widget
from catalog.models import StockAlert
from catalog.queries.inbound.purchases import active_suppliers
from catalog.rules.alerts import ALERT_LIFECYCLE
from catalog.services.alerts import acknowledge_alert, order_replenishment
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin


class ReplenishmentForm(CommandForm):
    """Asks what is ordered."""

    quantity = forms.IntegerField(label=_("Ordered pieces"), min_value=1)
    expected_on = forms.DateField(label=_("Expected on"), widget=day_widget())


class AcceptForm(CommandForm):
    """Asks how many pieces and from whom; what is left empty is what was proposed."""

    quantity = forms.IntegerField(
        label=_("Pieces"), min_value=1, required=False, help_text=_("Empty: as many as were proposed.")
    )
    supplier_name = forms.ChoiceField(
        label=_("Supplier"),
        choices=lambda: [("", "---------"), *active_suppliers()],
        required=False,
        help_text=_("Empty: the one who was asked last."),
    )


@admin.register(StockAlert)
class StockAlertAdmin(LifecycleAdmin):
    subject_kind = "stock_alert"
    subject_argument = "alert_id"
    lifecycle = ALERT_LIFECYCLE
    commands = {
        "ack": Command(_("Acknowledge"), acknowledge_alert, AcceptForm),
        "order": Command(_("Goods are ordered"), order_replenishment, ReplenishmentForm),
    }
    list_display = (
        "sku",
        "status",
        "available",
        "threshold",
        "proposed_quantity",
        "opened_at",
        "ordered_quantity",
        "expected_on",
    )
    list_select_related = ("sku",)
    list_filter = ("status",)
    search_fields = ("sku__code__startswith", "public_id__startswith")
    fields = (
        "sku",
        "status",
        "available",
        "threshold",
        "opened_at",
        "out_at",
        "proposed_quantity",
        "acked_at",
        "acked_by",
        "accepted_quantity",
        "supplier_name",
        "purchase_order",
        "ordered_at",
        "ordered_quantity",
        "expected_on",
        "resolved_at",
    )
