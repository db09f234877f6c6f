"""One order beside everything that it is compared with. SOP: O4"""

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError, Forbidden
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.words import say
from orders.admin import words
from orders.admin.intake.forms import ComparisonForm
from orders.enums.intake import ComparedField
from orders.enums.orders import CheckResult, HoldCode
from orders.models import CheckRound, CheckRoundItem, DeliveryAddress, Order
from orders.queries.intake.compare import compared
from orders.rules import masking
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.rules.rounds import UNSIGNED
from orders.services.intake.comparisons import compare_order

_DIGIT_BEFORE_END = re.compile(r"\d(?=(?:\D*\d){4})")
PARTS = (
    ("recipient", _("Recipient")),
    ("phone", _("Phone")),
    ("province", _("Province")),
    ("city", _("City")),
    ("district", _("District")),
    ("street", _("Street")),
    ("postal_code", _("Postal code")),
)


def compare_page(request: HttpRequest, site: AdminSite, order: Order) -> HttpResponse:
    """Shows the comparison, and takes the clerk's ticks."""
    actor = actor_of(request)
    if not actor.can(ORDER_LIFECYCLE.transitions["compare"].permission):
        raise PermissionDenied
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        form = ComparisonForm(request.POST)
        if not form.is_valid():
            refusals, status = [str(text) for texts in form.errors.values() for text in texts], 422
        else:
            try:
                with transaction.atomic():
                    compare_order(order_id=order.pk, **form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                refusals, status = [_words(refusal)], 403 if isinstance(refusal, Forbidden) else 422
            else:
                messages.success(request, gettext("Done."))
                return HttpResponseRedirect(_back(order))
    order.refresh_from_db()
    context = site.each_context(request) | _context(order, in_full=actor.can("orders.reveal_customer"))
    context |= {
        "title": gettext("Compare order %(number)s") % {"number": order.number},
        "refusals": refusals,
        "ticked": request.POST.getlist("fields"),
        "note": request.POST.get("note", ""),
        "may_compare": "compare" in ORDER_LIFECYCLE.available(order.status, actor),
        "back": _back(order),
    }
    return TemplateResponse(request, "orders/intake/compare.html", context, status=status)


def _context(order: Order, *, in_full: bool) -> dict[str, Any]:
    found = compared(order)
    address = DeliveryAddress.objects.filter(order=order).first() or DeliveryAddress(order=order)
    return {
        "order": order,
        "found": found,
        "fields": [(value, label, value in found.differing) for value, label in ComparedField.choices],
        "parts": [_part(address, name, label, in_full) for name, label in PARTS],
        "earlier": [(one, _masked(one)) for one in found.earlier.orders],
        "reasons": [words.reason(check) for check in order.checks.order_by("id") if check.result != CheckResult.OK],
        "holds": [hold.get_code_display() for hold in order.holds.filter(released_at=None)],
        "comparisons": [
            (row, [ComparedField(name).label for name in row.fields], [ComparedField(name).label for name in row.differing])
            for row in order.comparisons.order_by("-id")
        ],
        "hold_codes": HoldCode.choices,
    }


def _part(address: DeliveryAddress, name: str, label: Any, in_full: bool) -> dict[str, Any]:
    kept, written = getattr(address, name), address.written.get(name)
    shown = kept if written is None else written
    return {
        "label": label,
        "kept": _mask(name, kept, in_full),
        "written": _mask(name, shown, in_full),
        "other": written is not None,
    }


def _mask(name: str, text: str, in_full: bool) -> str:
    """Names and numbers stay masked; the street is shown to those who may see customer data, as in the check round."""
    if name == "recipient":
        return masking.mask_name(text)
    if name == "phone":
        return _DIGIT_BEFORE_END.sub("*", text)
    if name == "street" and not in_full:
        return masking.mask_address(province="", city="", district="", street=text)
    return text


def _masked(order: Any) -> str:
    place = getattr(order, "address", None) or DeliveryAddress()
    return masking.mask_address(province=place.province, city=place.city, district=place.district, street=place.street)


def _back(order: Order) -> str:
    """The open check round that waits for the order, else the order's page."""
    waiting = CheckRoundItem.objects.filter(order=order, round__state__in=UNSIGNED).order_by("-id")
    round_id = waiting.values_list("round", flat=True).first()
    if round_id is None:
        return reverse("admin:orders_order_change", args=[order.pk])
    round_ = CheckRound.objects.get(pk=round_id)
    return reverse("admin:orders_checkround_change", args=[round_.public_id]) + f"#order-{order.pk}"


def _words(refusal: DomainError) -> str:
    return " ".join(say(issue.message, issue.params) for issue in refusal.issues) or say(refusal.message_id, refusal.params)
