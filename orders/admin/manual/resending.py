"""Sending goods again, from the page of an order, a return or a carrier case. SOP: O1"""

import uuid
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm
from orders.admin.asking import ask_of_order
from orders.enums.manual import ReshipCause
from orders.enums.orders import OrderStatus
from orders.models import Order
from orders.services.manual.resending import PERMISSION, Wish, reship, sent_lines

LABEL = _("Send again for nothing")
_LEFT = (OrderStatus.SHIPPED, OrderStatus.COMPLETED)


class ResendForm(CommandForm):
    """Why goods are sent again, and how many pieces of each line."""

    line_keys: ClassVar[tuple[int, ...]] = ()
    key = forms.RegexField(r"^[0-9a-f-]{32,36}$", widget=forms.HiddenInput, initial=lambda: str(uuid.uuid4()))
    source_id = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    cause = forms.ChoiceField(label=_("Cause"), choices=ReshipCause.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        lines = {key: data.pop(f"quantity_{key}") or 0 for key in self.line_keys}
        return {"wish": Wish(str(data.pop("key")), lines, **data)}


def resend_page(request: HttpRequest, page: Any, order_id: int) -> HttpResponse:
    """Ask what is sent again and why, and make the order."""
    return ask_of_order(
        request,
        page,
        order_id=order_id,
        permission=PERMISSION,
        form=lambda order: _form(order, request.GET.get("for", "")),
        run=reship,
        label=LABEL,
        then=lambda made: reverse("admin:orders_order_change", args=[made.pk]),
    )


def resend_button(order: Order, actor: Actor, *, source_id: str = "") -> list[dict[str, Any]]:
    """The button, where an order has left the house."""
    if order.status not in _LEFT or not actor.can(PERMISSION):
        return []
    url = reverse("admin:orders_manualentry_reship", args=[order.pk]) + (f"?for={source_id}" if source_id else "")
    return [{"name": "reship", "label": LABEL, "danger": False, "url": url}]


def _form(order: Order, source_id: str) -> type[ResendForm]:
    left = {line.line_id: line.left for line in sent_lines(order)}
    fields: dict[str, Any] = {
        "line_keys": tuple(left),
        "source_id": forms.CharField(max_length=40, required=False, widget=forms.HiddenInput, initial=source_id),
    }
    for line in order.lines.order_by("position"):
        fields[f"quantity_{line.pk}"] = forms.IntegerField(
            label=f"{line.sku_code} {line.title}",
            min_value=0,
            initial=0,
            required=False,
            help_text=_("At most %(left)s.") % {"left": left[line.pk]},
        )
    return type("OrderResendForm", (ResendForm,), fields)
