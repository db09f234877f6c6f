"""The waybill of a parcel on the page of parcels."""

from io import BytesIO
from typing import Any

import barcode
from barcode.writer import SVGWriter
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.records import LifecycleAdmin
from orders.queries.dispatch.waybills import waybill_of

PERMISSION = "orders.ship_order"
_LOOK = {"module_height": 15.0, "module_width": 0.3, "quiet_zone": 3.0, "write_text": False}


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
        context = {"waybill": waybill_of(parcel), "bars": _bars(parcel.tracking_no)}
        return TemplateResponse(request, "orders/dispatch/waybill.html", context)


def _bars(number: str) -> SafeString:
    out = BytesIO()
    barcode.get("code128", number, writer=SVGWriter()).write(out, dict(_LOOK))
    svg = out.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the library from ASCII, which it escapes
