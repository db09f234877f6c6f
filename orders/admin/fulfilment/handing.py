"""The hand-over desk: scan the order, scan the number on its waybill, next. SOP: O12"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from orders.admin.fulfilment.station import StationPages
from orders.models import Shipment
from orders.queries.carriers.choices import carriers_in_use
from orders.queries.shipments import visible_to
from orders.services.fulfilment.handing import hand_over

PERMISSION = "orders.ship_order"
LAST = 20  # parcels on the page: enough to see what one has just done


def _carriers() -> list[tuple[str, Any]]:
    return [("", _("The one chosen for the order")), *carriers_in_use()]


class HandForm(CommandForm):
    """An order, its tracking number, and the carrier where it is another than the chosen one."""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=_carriers, required=False)
    code = forms.CharField(label=_("Order"), max_length=100)
    tracking_no = forms.CharField(label=_("Tracking number"), max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("code", "tracking_no"):
            self.fields[name].widget.attrs |= {"data-scan-field": "", "autocomplete": "off"}


class HandingPages(StationPages):
    """The hand-over desk's part of the pages of orders."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.hand_view)
        return [path("hand-over/", view, name="orders_order_hand_over"), *super().get_urls()]

    def hand_view(self, request: HttpRequest) -> HttpResponse:
        """Scan an order and its number; each pair is handed over at once."""
        actor = actor_of(request)
        if not actor.can(PERMISSION):
            raise PermissionDenied
        form = HandForm(posted(request), initial=request.GET.dict())
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    done = hand_over(**form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                told = {"number": done.order.number, "tracking_no": done.tracking_no}
                messages.success(request, gettext("Order %(number)s is handed over with %(tracking_no)s.") % told)
                kept = f"?carrier={form.cleaned_data['carrier']}" if form.cleaned_data["carrier"] else ""
                return HttpResponseRedirect(reverse("admin:orders_order_hand_over") + kept)
        context = self.admin_site.each_context(request) | {
            "title": gettext("Hand-over desk"),
            "form": form,
            "parcels": _latest(actor),
        }
        return TemplateResponse(request, "orders/fulfilment/hand_over.html", context, status=422 if form.errors else 200)


def _latest(actor: Actor) -> list[Shipment]:
    rows = visible_to(actor).select_related("carrier").prefetch_related("orders").order_by("-pk")
    return list(rows[:LAST])
