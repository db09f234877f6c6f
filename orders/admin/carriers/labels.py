"""Waybills and carton labels: a look at them prints nothing, printing is a POST that is logged."""

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.bars import code128
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin
from opsdesk.parameters.queries import value
from orders.enums.carriers import Layout, Paper
from orders.models import LabelPrint, Shipment
from orders.parameters.carriers import LABELS_AT_ONCE
from orders.queries.carriers.labels import labels_of, of_pick_list, printable
from orders.services.carriers.labels import PERMISSION, print_labels

BARS = {Layout.LARGE: 18.0, Layout.SMALL: 14.0}  # height of the barcode, mm


_SIZE = re.compile(r'width="([\d.]+)mm" height="([\d.]+)mm"')
_UNITS = 96 / 25.4  # of the drawing, a millimetre


def _fitting(bars: str) -> SafeString:
    """The drawing, made narrower where the label is: long numbers need all of its width."""

    def frame(found: re.Match[str]) -> str:
        width, height = (float(part) * _UNITS for part in found.groups())
        return f'{found[0]} viewBox="0 0 {width:.3f} {height:.3f}" preserveAspectRatio="none"'

    return mark_safe(_SIZE.sub(frame, bars, count=1))  # noqa: S308 - drawn by code128


class PrintForm(CommandForm):
    """Which label, in which size; why, when it was printed before. SOP: O11"""

    paper = forms.ChoiceField(label=_("Label"), choices=Paper.choices, initial=Paper.WAYBILL)
    layout = forms.ChoiceField(label=_("Size"), choices=Layout.choices, initial=Layout.LARGE)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Needed when a label is printed again."), max_length=500, required=False
    )


def print_labels_action(page: LifecycleAdmin, request: HttpRequest, parcels: QuerySet[Shipment]) -> HttpResponse:
    """Look at the labels of the selected parcels and print them. SOP: O11"""
    keys = ",".join(map(str, parcels.order_by("pk").values_list("pk", flat=True)))
    return HttpResponseRedirect(f"{reverse('admin:orders_shipment_labels')}?ids={keys}")


print_labels_action.short_description = _("Print labels")  # type: ignore[attr-defined]
print_labels_action.allowed_permissions = ["print_label"]  # type: ignore[attr-defined]


class LabelPages(LifecycleAdmin):
    """Labels of one parcel, of selected ones, or of all of a pick list, printed by the warehouse."""

    def has_print_label_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered and accepted."""
        return actor_of(request).can(PERMISSION)

    def get_urls(self) -> list[URLPattern]:
        one, many = self.admin_site.admin_view(self.waybill_view), self.admin_site.admin_view(self.labels_view)
        return [
            path("labels/", many, name="orders_shipment_labels"),
            path("<path:object_id>/waybill/", one, name="orders_shipment_waybill"),
            *super().get_urls(),
        ]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context = super().page_context(request, obj)
        if actor_of(request).can(PERMISSION):
            url = reverse("admin:orders_shipment_waybill", args=[obj.pk])
            link = {"name": "waybill", "label": _("Waybill and carton label"), "danger": False, "url": url}
            context["commands"] = [*context["commands"], link]
        return context

    def waybill_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The labels of one parcel. SOP: O11"""
        parcel = self.get_object(request, object_id)
        if parcel is None:
            raise Http404
        return self._labels(request, printable(actor_of(request)).filter(pk=parcel.pk))

    def labels_view(self, request: HttpRequest) -> HttpResponse:
        """The labels of the parcels that `ids` names, or of the pick list `pick_list`. SOP: O11"""
        rows = printable(actor_of(request))
        keys = [key for key in request.GET.get("ids", "").split(",") if key.isascii() and key.isdigit()]
        pick_list = request.GET.get("pick_list", "")
        return self._labels(request, of_pick_list(rows, pick_list) if pick_list else rows.filter(pk__in=keys))

    def _labels(self, request: HttpRequest, rows: QuerySet[Shipment]) -> HttpResponse:
        actor = actor_of(request)
        if not actor.can(PERMISSION):
            raise PermissionDenied
        rows = rows.select_related("carrier", "shop", "carriage")
        parcels = list(rows.order_by("pk")[: value(LABELS_AT_ONCE) + 1])
        if not parcels:
            raise Http404
        form, numbers = PrintForm(posted(request)), None
        if request.method == "POST" and form.is_valid():
            keys = [parcel.pk for parcel in parcels]
            try:
                with transaction.atomic():
                    numbers = print_labels(shipment_ids=keys, **form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
        layout = form.cleaned_data["layout"] if numbers else Layout.LARGE
        context = {
            "form": form,
            "printed": numbers is not None,
            "layout": layout,
            "carton": bool(numbers) and form.cleaned_data["paper"] == Paper.CARTON,
            "labels": [self._shown(label, layout, numbers) for label in labels_of(parcels)],
            "earlier": LabelPrint.objects.filter(shipment__in=parcels).exists(),
            "back": reverse("admin:orders_shipment_changelist"),
        }
        return TemplateResponse(request, "orders/carriers/labels.html", context, status=422 if form.errors else 200)

    def _shown(self, label: Any, layout: str, numbers: dict[int, int] | None) -> dict[str, Any]:
        """A specimen carries no barcode, so that it cannot travel."""
        bars = _fitting(code128(label.tracking_no, height=BARS[Layout(layout)], margin=3.0)) if numbers else ""
        again = numbers[label.shipment_id] - 1 if numbers else 0
        return {"label": label, "bars": bars, "again": again}
