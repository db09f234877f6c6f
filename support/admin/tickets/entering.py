"""A call or a chat is filed: the number finds the customer, the rest is two lines. SOP: S1, S2"""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import posted
from orders.queries.links import masked_buyers
from support.admin.tickets.forms import EnterForm
from support.models import Ticket
from support.rules.tickets.draft import TicketDraft
from support.services.tickets.intake import open_ticket


def enter_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Find the customer by number, and open the ticket; who enters it keeps it."""
    actor = actor_of(request)
    if not actor.can("support.add_ticket"):
        raise PermissionDenied
    asked = {
        name: request.GET[name] for name in ("shop", "contact", "contact_name", "order", "customer") if name in request.GET
    }
    number = request.GET.get("q", "").strip()
    form = EnterForm(posted(request), actor=actor, initial={"channel": "phone", "contact": number, **asked})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                ticket = open_ticket(TicketDraft(**_drafted(form.cleaned_data)), actor=actor, now=clock.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(reverse("admin:support_ticket_change", args=[ticket.pk]))
    context = site.each_context(request) | {
        "title": _("Enter a call or chat"),
        "opts": Ticket._meta,
        "form": form,
        "q": number,
        "buyers": masked_buyers(number, actor=actor) if number else [],
    }
    return TemplateResponse(request, "support/tickets/enter.html", context, status=422 if form.errors else 200)


def _drafted(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "taken": True}
