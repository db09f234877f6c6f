"""Entering a return from the page of its order."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from orders import queries
from orders.enums.orders import OrderStatus
from orders.enums.returns import ReturnReason, ReturnType
from orders.models import Order
from orders.services.returns.requesting import Wish, request_return

_LEFT = (OrderStatus.SHIPPED, OrderStatus.COMPLETED)
LABEL = _("Enter a return")


class EntryForm(CommandForm):
    """The type, and of every line how many pieces and why."""

    line_codes: ClassVar[dict[int, str]] = {}
    type_ = forms.ChoiceField(label=_("Type"), choices=ReturnType.choices)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea)

    def wishes(self) -> list[Wish]:
        """The lines of which something comes back."""
        data = self.cleaned_data
        return [
            Wish(code, data[f"quantity_{key}"], data[f"reason_{key}"])
            for key, code in self.line_codes.items()
            if data[f"quantity_{key}"]
        ]


def entry_button(order: Order, actor: Actor) -> list[dict[str, Any]]:
    """The button on the order's page, where a return is possible."""
    if order.status not in _LEFT or not actor.can("orders.add_return"):
        return []
    url = reverse("admin:orders_returnrequest_enter", args=[order.pk])
    return [{"name": "request_return", "label": LABEL, "danger": False, "url": url}]


def entry_page(request: HttpRequest, order_id: int, site: admin.AdminSite, opts: Any) -> HttpResponse:
    """Ask what comes back and why, and take the return in."""
    actor = actor_of(request)
    if not actor.can("orders.add_return"):
        raise PermissionDenied
    order = queries.visible_to(actor).filter(pk=order_id).first()
    if order is None:
        raise Http404
    form = _form(order)(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                row = request_return(
                    order_id=order.pk,
                    type_=data["type_"],
                    lines=form.wishes(),
                    note=data["note"],
                    actor=actor,
                    now=clock.now(),
                )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(reverse("admin:orders_returnrequest_change", args=[row.pk]))
    context = site.each_context(request) | {
        "title": LABEL,
        "subtitle": str(order),
        "form": form,
        "command": {"label": LABEL},
        "opts": opts,
        "original": order,
        "back": reverse("admin:orders_order_change", args=[order.pk]),
    }
    return TemplateResponse(request, "opsdesk/command.html", context, status=200 if not form.errors else 422)


def _form(order: Order) -> type[EntryForm]:
    fields: dict[str, Any] = {"line_codes": {}}
    for line in order.lines.order_by("position"):
        fields["line_codes"][line.pk] = line.sku_code
        fields[f"quantity_{line.pk}"] = forms.IntegerField(
            label=f"{line.sku_code} {line.title}", min_value=0, max_value=line.quantity, initial=0
        )
        fields[f"reason_{line.pk}"] = forms.ChoiceField(label=_("Reason"), choices=ReturnReason.choices)
    return type("OrderEntryForm", (EntryForm,), fields)
