"""Lots: where they lie, how old they are, when they expire; moved, labelled, decided on."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.inbound.base import PlaceAdmin
from catalog.admin.inbound.labels import Label, labels_page
from catalog.models import StockLot
from catalog.rules.alerts import KEPT
from catalog.rules.inbound.lifecycles import LOT_STEPS
from catalog.rules.stock import is_expired
from catalog.services.inbound import expiry, locations
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.duties.definitions import SHOP_TIME

SOON = 60  # days, for the filter of the list only


class MoveForm(CommandForm):
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1)
    location = forms.CharField(label=_("To location"), max_length=40)


class ExpiryFilter(admin.SimpleListFilter):
    """Lots that have expired or will."""

    title, parameter_name = _("use by"), "expiry"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("expired", _("Expired")), ("soon", _("Within 60 days"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = clock.now().astimezone(SHOP_TIME).date()
        if self.value() == "expired":
            return queryset.filter(expires_on__lt=today)
        return queryset.filter(expires_on__range=(today, today + timedelta(days=SOON))) if self.value() else queryset


@admin.register(StockLot)
class StockLotAdmin(PlaceAdmin):
    """Only what has pieces left is listed. SOP: O9, C20"""

    subject_kind = locations.LOT
    subject_argument = "lot_id"
    state_field = "standing"
    lifecycle = LOT_STEPS
    commands = {
        "move": Command(_("Move to another location"), locations.move_lot, MoveForm),
        "note_expiry": Command(_("Decided what to do"), expiry.note_expiry, ReasonForm),
    }
    list_display = ("code", "sku", "warehouse", "location", "quantity_left", "received_at", "use_by", "supplier_name")
    list_select_related = ("sku", "warehouse", "location")
    list_filter = ("warehouse", ExpiryFilter)
    search_fields = ("sku__code__startswith", "code__startswith", "location__code__startswith")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(standing=Value(KEPT))
        on_list = request.resolver_match and str(request.resolver_match.url_name).endswith("changelist")
        return rows.filter(quantity_left__gt=0) if on_list else rows

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        cost = ["unit_cost"] if actor_of(request).can("catalog.view_cost") else []
        names = ["sku", "code", "warehouse", "location", "quantity_left", "received_at", "expires_on"]
        return [*names, "supplier_name", *cost, "expiry_noted_at"]

    @column(_("use by"), colours={True: "red", False: "grey"}, ordering="expires_on")
    def use_by(self, row: StockLot) -> tuple[bool, str] | None:
        if row.expires_on is None:
            return None
        today = clock.now().astimezone(SHOP_TIME).date()
        return is_expired(expires_on=row.expires_on, today=today), f"{row.expires_on}"

    def get_urls(self) -> list[URLPattern]:
        label = self.admin_site.admin_view(self.label_view)
        return [path("<path:object_id>/label/", label, name="catalog_stocklot_label"), *super().get_urls()]

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """What makes sense for this lot, its label, and for the warehouse the way to write it off."""
        found = super().buttons(obj, actor)
        found = [button for button in found if button["name"] != "note_expiry" or obj.expires_on]
        found = [button for button in found if button["name"] != "move" or obj.quantity_left]
        if obj.quantity_left and actor.can("catalog.adjust_stock"):
            write_off = self.button("label", _("Write off"), obj.pk)
            found.append(write_off | {"name": "write_off", "url": write_off_url(obj)})
        return [*found, self.button("label", _("Print label"), obj.pk)]

    def label_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The lot's label."""
        lot = self.seen(request, object_id)
        return labels_page(self, request, _("Lot labels"), [lot_label(lot)])


def lot_label(lot: StockLot) -> Label:
    """SKU in bars; lot, use-by day and place below it."""
    use_by = gettext("use by %(day)s") % {"day": lot.expires_on} if lot.expires_on else ""
    texts = (gettext("Lot %(lot)s") % {"lot": lot.code}, use_by, str(lot.location or ""), f"{lot.received_at:%Y-%m-%d}")
    return Label(lot.sku.code, [text for text in texts if text])


def write_off_url(lot: StockLot) -> str:
    """The form of a write-off, filled with what is left of the lot."""
    return f"/admin/catalog/stockadjustment/add/?lot={lot.pk}"
