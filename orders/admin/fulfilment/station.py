"""The packing desk: find the order by its number or its pick list, scan its pieces, check, close. SOP: O10"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin
from orders.admin.fulfilment.scanning import data, take, told, wants_data
from orders.models import Order
from orders.queries.fulfilment.notices import Notices, notices_of
from orders.queries.fulfilment.scanning import pack_rows
from orders.queries.fulfilment.station import to_pack
from orders.rules.fulfilment.packing import Checklist
from orders.services.fulfilment.desk import finish_packing, scan_into_parcel
from orders.services.fulfilment.scanning import Outcome

PERMISSION = "orders.pack_order"


class DeskForm(CommandForm):
    """The check of one parcel; every box has to be ticked. Boxes for what the order does not have are left out."""

    undamaged = forms.BooleanField(label=_("No piece is damaged"))
    spotless = forms.BooleanField(label=_("No piece is stained"))
    firm = forms.BooleanField(label=_("The parcel is firm"))
    packing_list = forms.BooleanField(label=_("The packing list is enclosed"))
    gifts = forms.BooleanField(label=_("The gift is enclosed"))
    manual = forms.BooleanField(label=_("The manual is enclosed"))
    warranty = forms.BooleanField(label=_("The warranty card is enclosed"))

    def __init__(self, *args: Any, notices: Notices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("gifts", "manual", "warranty"):
            if not getattr(notices, name):
                del self.fields[name]

    def checklist(self) -> Checklist:
        """The answers as the service takes them."""
        given = self.cleaned_data
        sound = given["undamaged"] and given["spotless"] and given["firm"]
        return Checklist(sound, given["packing_list"], given.get("gifts"), given.get("manual"), given.get("warranty"))


class StationPages(LifecycleAdmin):
    """The packing desk's part of the pages of orders."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("pack-station/", wrap(self.station_view), name="orders_order_pack_station"),
            path("<path:object_id>/pack-scan/", wrap(self.pack_view), name="orders_order_pack_scan"),
            path("<path:object_id>/pack-finish/", wrap(require_POST(self.finish_view)), name="orders_order_pack_finish"),
            *super().get_urls(),
        ]

    def station_view(self, request: HttpRequest) -> HttpResponse:
        """Scan an order or a pick list to begin with."""
        if not actor_of(request).can(PERMISSION):
            raise PermissionDenied
        code = request.GET.get("code", "").strip()[:60]
        found = to_pack(code, actor_of(request)) if code else []
        if len(found) == 1:
            return HttpResponseRedirect(reverse("admin:orders_order_pack_scan", args=[found[0].pk]))
        packed = Order.objects.filter(pk=request.GET["packed"]).first() if request.GET.get("packed", "").isdigit() else None
        context = self.admin_site.each_context(request) | {
            "title": gettext("Packing desk"),
            "code": code,
            "found": found,
            "packed": packed if packed and actor_of(request).sees_shop(packed.shop_id) else None,
        }
        return TemplateResponse(request, "orders/fulfilment/station.html", context, status=200 if found or not code else 422)

    def pack_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Scan the order's pieces into its parcel; every scan is posted at once. SOP: O10"""
        order = self._order(request, object_id)
        ok, text, finished = True, "", False
        if request.method == "POST":

            def scan(**fields: Any) -> Outcome:
                return scan_into_parcel(order_id=order.pk, **fields)

            outcome, refusal = take(request, scan)
            ok, text = told(outcome, refusal)
            finished = outcome is not None and outcome.finished
        context = self._context(request, order) | {"ok": ok, "text": text}
        if wants_data(request):
            return data(request, "orders/fulfilment/pack_scan_state.html", context, ok=ok, text=text, finished=finished)
        return TemplateResponse(request, "orders/fulfilment/pack_scan.html", context, status=200 if ok else 422)

    def finish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close the parcel and go on to its papers and the next order. SOP: O10"""
        order = self._order(request, object_id)
        form = DeskForm(posted(request), notices=notices_of([order.pk])[order.pk])
        if form.is_valid():
            try:
                with transaction.atomic():
                    finish_packing(order_id=order.pk, checklist=form.checklist(), actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("Order %(number)s is packed.") % {"number": order.number})
                return HttpResponseRedirect(f"{reverse('admin:orders_order_pack_station')}?packed={order.pk}")
        context = self._context(request, order) | {"form": form, "ok": True, "text": ""}
        return TemplateResponse(request, "orders/fulfilment/pack_scan.html", context, status=422)

    def _order(self, request: HttpRequest, object_id: str) -> Order:
        order = self.get_object(request, object_id)
        if order is None:
            raise Http404
        if not actor_of(request).can(PERMISSION):
            raise PermissionDenied
        assert isinstance(order, Order)
        return order

    def _context(self, request: HttpRequest, order: Order) -> dict[str, Any]:
        rows, notices = pack_rows(order), notices_of([order.pk])[order.pk]
        total, left = sum(row.quantity for row in rows), sum(row.left for row in rows)
        return self.admin_site.each_context(request) | {
            "title": gettext("Pack with the scanner"),
            "subtitle": order.number,
            "order": order,
            "rows": rows,
            "notices": notices,
            "total": total,
            "done": total - left,
            "form": DeskForm(notices=notices),
            "opts": self.opts,
            "original": order,
        }
