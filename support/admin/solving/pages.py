"""A solution given from a ticket, and where it stands, beside it. SOP: S8, S10"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import posted
from orders.queries.returns import solutions
from support.admin.sla.pages import asked_ticket, ticket_url
from support.admin.solving.forms import SolutionForm
from support.models import Ticket
from support.queries.solving import evidence
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE
from support.services.solving.starting import start_solution

ENTER = "orders.add_return"


def panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """What can be done for the customer, what was done, and what they said of it."""
    asked = evidence.asked(ticket)
    if ticket.order_id is None:
        return {"asked": asked} if asked else None
    found = solutions.solutions(ticket.order_id)
    return {
        "ticket": ticket,
        "asked": asked,
        "basis": solutions.basis(ticket.order_id, now),
        "solutions": [(one, one.is_late(now)) for one in found],
        "may_look": actor.can("orders.view_returnrequest"),
        "may_start": actor.can(ENTER) and "start_solution" in TICKET_LIFECYCLE.available(ticket.state, actor),
        "now": now,
    }


def start_page(desk: Any, request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask what the customer gets, and start it."""
    actor, ticket, now = actor_of(request), asked_ticket(request, public_id), clock.now()
    if not (actor.can(ENTER) and actor.can("support.work_ticket")):
        raise PermissionDenied
    if ticket.order_id is None:
        messages.error(request, _("Link the order first."))
        return HttpResponseRedirect(ticket_url(ticket))
    basis, files = solutions.basis(ticket.order_id, now), list(evidence.evidence_of(ticket))
    form = SolutionForm(posted(request), basis=basis, files=files)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                start_solution(ticket_id=ticket.pk, draft=form.draft(), actor=actor, now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The solution is on its way."))
            return HttpResponseRedirect(ticket_url(ticket))
    context = desk.admin_site.each_context(request) | {
        "title": _("Give a solution"),
        "subtitle": str(ticket),
        "form": form,
        "command": {"label": _("Start it")},
        "opts": desk.opts,
        "original": ticket,
        "back": ticket_url(ticket),
        "basis": basis,
        "now": now,
    }
    return TemplateResponse(request, "support/solving/start.html", context, status=422 if form.errors else 200)
