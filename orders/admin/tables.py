"""Tables inside the page of a parcel, a case or a task: they show, nobody edits in them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from orders.models import CarrierContact, ContactAttempt, ReturnLine, Shipment, ShipmentLine, TrackingEvent


class ShownTable(TabularInline):
    extra = 0
    can_delete = False
    hide_title = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see the page may see its tables."""
        return True


class TrackingTable(ShownTable):
    model = TrackingEvent
    fields = readonly_fields = ("occurred_at", "code", "location", "description", "received_at")
    ordering = ("-occurred_at", "-id")


class ParcelLineTable(ShownTable):
    model = ShipmentLine
    fields = readonly_fields = ("order_line", "quantity")


class CarrierContactTable(ShownTable):
    model = CarrierContact
    fields = readonly_fields = ("at", "by", "spoke_with", "note", "promise_due")


class ContactAttemptTable(ShownTable):
    model = ContactAttempt
    fields = readonly_fields = ("at", "by", "outcome", "note")


class ParcelTable(ShownTable):
    """The parcels of an order."""

    model = Shipment.orders.through
    verbose_name_plural = _("parcels")
    fields = readonly_fields = ("shipment", "carrier", "state", "handed_over_at", "last_event_at", "stalled_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("shipment__carrier").order_by("shipment")

    @admin.display(description=_("carrier"))
    def carrier(self, row: Any) -> str:
        return str(row.shipment.carrier)

    @admin.display(description=_("state"))
    def state(self, row: Any) -> str:
        return str(row.shipment.get_state_display())

    @admin.display(description=_("handed over"))
    def handed_over_at(self, row: Any) -> Any:
        return row.shipment.handed_over_at

    @admin.display(description=_("last report"))
    def last_event_at(self, row: Any) -> Any:
        return row.shipment.last_event_at

    @admin.display(description=_("silent since"))
    def stalled_at(self, row: Any) -> Any:
        return row.shipment.stalled_at


class ReturnLineTable(ShownTable):
    model = ReturnLine
    fields = readonly_fields = ("order_line", "quantity", "reason_code", "accepted", "inspection", "disposition")
