"""One box for any number: orders by order number, platform number, tracking number or the last four of a phone."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.doors.admin.actor import actor_of
from orders import queries
from orders.queries.finding import found_by
from orders.rules import masking
from orders.rules.finding import MOST, answers, asked

LONGEST = 20_000  # characters: 200 numbers of up to 100


class FindForm(forms.Form):
    """What was pasted."""

    numbers = forms.CharField(
        label=gettext_lazy("Numbers"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "od-input", "rows": 5, "autofocus": True}),
        help_text=gettext_lazy(
            "Order numbers, platform numbers, tracking numbers or the last four digits of a phone; up to 200, "
            "separated by spaces, lines or commas."
        ),
    )


def find_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The box, and below it what was found for each number. It is a POST so that no number stands in an address."""
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"title": _("Find orders"), "form": form, "limit": MOST}
    if form.is_valid():
        wanted = asked(form.cleaned_data["numbers"])
        actor = actor_of(request)
        found = answers(wanted.numbers, found_by(wanted, actor))
        ids = {pk for _number, pks in found for pk in pks}
        orders = {order.pk: order for order in queries.with_details(queries.visible_to(actor)).filter(pk__in=ids)}
        context |= {
            "found": [(number, [_row(orders[pk]) for pk in pks if pk in orders]) for number, pks in found],
            "none": sum(not pks for _number, pks in found),
            "left_out": wanted.left_out,
        }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "orders/find.html", site.each_context(request) | context, status=status)


def _row(order: Any) -> dict[str, Any]:
    address = getattr(order, "address", None)
    return {
        "order": order,
        "recipient": masking.mask_name(address.recipient) if address else "",
        "phone": masking.mask_phone(address.phone) if address else "",
        "parcels": ", ".join(parcel.tracking_no for parcel in order.shipments.all()),
    }
