"""A page that asks for what is done with one order, opened from its own page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from orders import queries
from orders.models import Order


def ask_of_order(
    request: HttpRequest,
    page: Any,
    *,
    order_id: int,
    permission: str,
    form: Callable[[Order], type[CommandForm]],
    run: Callable[..., Any],
    label: Any,
    then: Callable[[Any], str],
) -> HttpResponse:
    """Ask for a service's arguments beside the order, call it, and go where `then` says."""
    actor = actor_of(request)
    if not actor.can(permission):
        raise PermissionDenied
    order = queries.visible_to(actor).filter(pk=order_id).first()
    if order is None:
        raise Http404
    filled = form(order)(posted(request))
    if request.method == "POST" and filled.is_valid():
        try:
            with transaction.atomic():
                made = run(order_id=order.pk, **filled.cleaned_data, actor=actor, now=clock.now())
        except DomainError as refusal:
            filled.refuse(refusal)
        else:
            messages.success(request, _t("%(label)s: done.") % {"label": label})
            return HttpResponseRedirect(then(made))
    context = page.admin_site.each_context(request) | {
        "title": label,
        "subtitle": str(order),
        "form": filled,
        "command": {"label": label},
        "opts": page.opts,
        "original": order,
        "back": reverse("admin:orders_order_change", args=[order.pk]),
    }
    return TemplateResponse(request, "opsdesk/command.html", context, status=422 if filled.errors else 200)
