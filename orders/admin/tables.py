"""Tables inside the page of a parcel, a case or a task: they show, nobody edits in them."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import TabularInline

from orders.models import CarrierContact, ContactAttempt, ShipmentLine, TrackingEvent


class _Table(TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see the page may see its tables."""
        return True


class TrackingTable(_Table):
    model = TrackingEvent
    fields = readonly_fields = ("occurred_at", "code", "location", "description", "received_at")
    ordering = ("-occurred_at", "-id")


class ParcelLineTable(_Table):
    model = ShipmentLine
    fields = readonly_fields = ("order_line", "quantity")


class CarrierContactTable(_Table):
    model = CarrierContact
    fields = readonly_fields = ("at", "by", "spoke_with", "note", "promise_due")


class ContactAttemptTable(_Table):
    model = ContactAttempt
    fields = readonly_fields = ("at", "by", "outcome", "note")
