"""Parcels and carriers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.keyset import KeysetAdmin
from opsdesk.doors.admin.records import Command
from orders.admin.dispatch.waybills import WaybillPages
from orders.admin.fulfilment.forms import ReplaceForm
from orders.admin.tables import ParcelLineTable, TrackingTable
from orders.admin.tracking.forms import OpenCaseForm
from orders.admin.tracking.tables import FeedTable, InterceptionTable, RawReportTable
from orders.models import Carrier, Shipment
from orders.rules.followup import SHIPMENT_LIFECYCLE
from orders.services.fulfilment.carriers import change_carrier
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
class ShipmentAdmin(WaybillPages):
    subject_kind = KIND
    shop_field = "shop"
    subject_argument = "shipment_id"
    state_field = "state"
    lifecycle = SHIPMENT_LIFECYCLE
    commands = {
        "open_case": Command(label=_("Open a carrier case"), run=open_case, form=OpenCaseForm),
        "replace": Command(label=_("Correct the tracking number"), run=replace_number, form=ReplaceForm),
    }
    list_display = ("tracking_no", "carrier", "shop", "state", "handed_over_at", "last_event_at", "update_by", "stalled_at")
    list_select_related = ("carrier", "shop")
    list_filter = ("state", StalledFilter, "carrier", "shop")
    search_fields = ("tracking_no__startswith", "orders__number__startswith")
    fields = (
        ("tracking_no", "carrier", "shop"),
        ("state", "orders"),
        ("handed_over_at", "last_event_at", "finished_at"),
        ("update_by", "stalled_at"),
    )
    inlines = (TrackingTable, RawReportTable, FeedTable, InterceptionTable, ParcelLineTable)
    only_with_rows = (RawReportTable, FeedTable, InterceptionTable)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Tables that most parcels have nothing for are left out where they are empty."""
        found = super().get_inlines(request, obj)
        return [
            one for one in found if one not in self.only_with_rows or one.model._default_manager.filter(shipment=obj).exists()
        ]


@admin.register(Carrier)
class CarrierAdmin(KeysetAdmin):
    """Carriers come with the code; staff name them and take them in and out of use. SOP: O11"""

    keyset = ("code",)
    list_display = ("code", "name", "is_active")
    fields = list_display
    readonly_fields = ("code",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        change_carrier(carrier_id=obj.pk, **form.cleaned_data, actor=actor_of(request), now=clock.now())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
