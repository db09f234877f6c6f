"""Parcels."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.records import Command
from orders.admin.carriers.choices import AskForm
from orders.admin.carriers.labels import LabelPages, print_labels_action
from orders.admin.carriers.parcels import CarriageTable, PrintTable
from orders.admin.carriers.scorecard import ScorecardFilter
from orders.admin.fulfilment.forms import ReplaceForm
from orders.admin.tables import ParcelLineTable, TrackingTable
from orders.admin.tracking.forms import OpenCaseForm
from orders.admin.tracking.tables import FeedTable, InterceptionTable, RawReportTable
from orders.models import Shipment
from orders.rules.followup import SHIPMENT_LIFECYCLE
from orders.services.carriers.claims import ask_compensation
from orders.services.intake.corrections import replace_number
from orders.services.tracking.carrier_cases import open_case
from orders.services.tracking.events import KIND


class StalledFilter(admin.SimpleListFilter):
    """Parcels whose carrier is silent."""

    title = _("carrier is silent")
    parameter_name = "stalled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Yes")), ("0", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() is None else queryset.filter(stalled_at__isnull=self.value() == "0")


@admin.register(Shipment)
class ShipmentAdmin(LabelPages):
    subject_kind = KIND
    shop_field = "shop"
    subject_argument = "shipment_id"
    state_field = "state"
    lifecycle = SHIPMENT_LIFECYCLE
    actions: Any = (print_labels_action,)
    commands = {
        "claim": Command(label=_("Ask for compensation"), run=ask_compensation, form=AskForm),
        "open_case": Command(label=_("Open a carrier case"), run=open_case, form=OpenCaseForm),
        "replace": Command(label=_("Correct the tracking number"), run=replace_number, form=ReplaceForm),
    }
    list_display = ("tracking_no", "carrier", "shop", "state", "handed_over_at", "last_event_at", "update_by", "stalled_at")
    list_select_related = ("carrier", "shop")
    list_filter = ("state", StalledFilter, ScorecardFilter, "carrier", "shop")
    search_fields = ("tracking_no__startswith", "orders__number__startswith")
    fields = (
        ("tracking_no", "carrier", "shop"),
        ("state", "orders"),
        ("handed_over_at", "last_event_at", "finished_at"),
        ("update_by", "stalled_at"),
    )
    inlines = (CarriageTable, TrackingTable, RawReportTable, FeedTable, InterceptionTable, ParcelLineTable, PrintTable)
    only_with_rows = (CarriageTable, RawReportTable, FeedTable, InterceptionTable, PrintTable)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Tables that most parcels have nothing for are left out where they are empty."""
        found = super().get_inlines(request, obj)
        return [
            one for one in found if one not in self.only_with_rows or one.model._default_manager.filter(shipment=obj).exists()
        ]
