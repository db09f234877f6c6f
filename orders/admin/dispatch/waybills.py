"""The waybill of a parcel on the page of parcels."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.bars import code128
from opsdesk.doors.admin.records import LifecycleAdmin
from orders.queries.dispatch.waybills import waybill_of

PERMISSION = "orders.ship_order"


class WaybillPages(LifecycleAdmin):
    """The waybill of a parcel, to be printed by who ships."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.waybill_view)
        return [path("<path:object_id>/waybill/", view, name="orders_shipment_waybill"), *super().get_urls()]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context = super().page_context(request, obj)
        if actor_of(request).can(PERMISSION):
            url = reverse("admin:orders_shipment_waybill", args=[obj.pk])
            link = {"name": "waybill", "label": _("Waybill"), "danger": False, "url": url}
            context["commands"] = [*context["commands"], link]
        return context

    def waybill_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The waybill, with the tracking number in Code 128; names and numbers are masked. SOP: O11"""
        parcel = self.get_object(request, object_id)
        if parcel is None:
            raise Http404
        if not actor_of(request).can(PERMISSION):
            raise PermissionDenied
        context = {"waybill": waybill_of(parcel), "bars": code128(parcel.tracking_no, height=15.0, margin=3.0)}
        return TemplateResponse(request, "orders/dispatch/waybill.html", context)
