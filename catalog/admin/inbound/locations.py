"""Storage locations: made by pattern, changed one by one, with labels for the shelves."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from catalog.admin.inbound.base import PlaceAdmin
from catalog.admin.inbound.labels import Label, labels_page
from catalog.models import StorageLocation
from catalog.queries.inbound.purchases import warehouse_names
from catalog.services.inbound import locations
from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Lifecycle
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm

ADD, CHANGE = "catalog.add_storagelocation", "catalog.change_storagelocation"
MOST_LABELS = 500


class PatternForm(CommandForm):
    warehouse_id = forms.TypedChoiceField(label=_("Warehouse"), choices=warehouse_names, coerce=int)
    pattern = forms.CharField(
        label=_("Code or pattern"), max_length=80, help_text=_("A-{01-03}-{1-4} makes A-01-1 to A-03-4, twelve locations.")
    )
    zone = forms.CharField(label=_("Zone"), max_length=40, required=False)


class LocationForm(CommandForm):
    zone = forms.CharField(label=_("Zone"), max_length=40, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)


@admin.register(StorageLocation)
class StorageLocationAdmin(PlaceAdmin):
    """Ours: storage locations"""

    lifecycle, commands = Lifecycle(), {}
    list_display = ("code", "warehouse", "zone", "is_active")
    list_select_related = ("warehouse",)
    list_filter = ("warehouse", "is_active")
    search_fields = ("code__startswith", "zone__startswith")
    keyset = ("code", "id")
    fields = list_display
    change_form_outer_before_template: Any = "opsdesk/commands.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("do/labels/", wrap(self.labels_view), name="catalog_storagelocation_labels"),
            path("<path:object_id>/edit/", wrap(self.edit_view), name="catalog_storagelocation_edit"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(ADD)

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        new = [self.button("add", _("New locations"))] if actor.can(ADD) else []
        return [*new, self.button("labels", _("Print labels"))]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return {"commands": [self.button("edit", _("Edit"), obj.pk)] if actor_of(request).can(CHANGE) else []}

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Make one location, or all of a pattern."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.ask(request, PatternForm, locations.create_locations, _("New locations"))

    def edit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Another zone, or out of use."""
        row = self.seen(request, object_id, CHANGE)
        first = {"zone": row.zone, "is_active": row.is_active}
        return self.ask(
            request, LocationForm, locations.change_location, row.code, first=first, original=row, location_id=row.pk
        )

    def labels_view(self, request: HttpRequest) -> HttpResponse:
        """Labels of the locations in use, by warehouse and the beginning of the code."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        place, start = request.GET.get("warehouse", ""), request.GET.get("start", "")
        rows = self.get_queryset(request).filter(is_active=True, code__startswith=start).select_related("warehouse")
        if place:
            rows = rows.filter(warehouse__code=place)
        found = rows.order_by("warehouse", "code")[:MOST_LABELS]
        labels = [Label(row.code, (f"{row.warehouse.code} {row.zone}",)) for row in found]
        return labels_page(self, request, _("Shelf labels"), labels, warehouse=place, start=start)
