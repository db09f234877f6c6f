"""The agents' one page: the queue on the left, the conversation in the centre, customer and order on the right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Stale
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.words import say as words
from orders.queries.links import masked_customer, parcels
from support.admin import panels
from support.admin.knowledge.presence import standing
from support.admin.tickets.forms import LinkForm, SayForm
from support.enums.knowledge import PresenceState
from support.models import Macro, Ticket
from support.queries.tickets import finding
from support.services.knowledge import presence
from support.services.tickets.messages import add_note
from support.services.tickets.replying import reply
from support.services.tickets.tools import add_link, fill_macro, look

VIEW, WORK = "support.view_ticket", "support.work_ticket"


def page(desk: Any, request: HttpRequest, ticket: Ticket | None, *, refusal: str = "", typed: str = "") -> HttpResponse:
    """The workbench; `refusal` says why what was typed was not sent. SOP: S2"""
    actor = actor_of(request)
    if not actor.can(VIEW):
        raise PermissionDenied
    if ticket is None and "object_id" in (request.resolver_match.kwargs if request.resolver_match else {}):
        raise Http404
    newest, now = finding.newest_messages(), clock.now()
    context = desk.admin_site.each_context(request) | {
        "title": _("Workbench"),
        "subtitle": str(ticket or ""),
        "opts": desk.opts,
        "queues": finding.queues(actor),
        "now": now,
        "ticket": ticket,
        "newest": newest[0],
        "heard": ",".join(map(str, newest)),
        "refusal": refusal,
        "typed": typed,
        "may_enter": actor.can("support.add_ticket"),
    }
    if actor.can(presence.PERMISSION):
        context |= {"presence": standing(actor, now), "presence_states": PresenceState.choices}
    if ticket:
        context |= _opened(desk, ticket, actor)
    return TemplateResponse(request, "support/tickets/workbench.html", context, status=422 if refusal else 200)


def say(desk: Any, request: HttpRequest, ticket: Ticket | None) -> HttpResponse:
    """Send what was typed, or keep it as a note; what is refused stays in the field."""
    if ticket is None:
        raise Http404
    actor, form = actor_of(request), SayForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return page(desk, request, ticket, refusal=_("Say something, or attach a file."), typed=request.POST.get("body", ""))
    data, files, now = form.cleaned_data, request.FILES.getlist("files"), clock.now()
    body = data["body"].replace("\r\n", "\n")
    try:
        with transaction.atomic():
            if data["kind"] == "note":
                add_note(ticket.pk, body, files, actor=actor, now=now)
            else:
                reply(ticket.pk, body, files, seen=data["seen"], actor=actor, now=now)
    except Stale as stale:
        return page(desk, request, ticket, refusal=words(stale.message_id, stale.params), typed=body)
    except DomainError as error:
        issue = error.issues[0] if error.issues else None
        text = words(issue.message, issue.params) if issue else words(error.message_id, error.params)
        return page(desk, request, ticket, refusal=text, typed=body)
    return HttpResponseRedirect(reverse("admin:support_ticket_change", args=[ticket.pk]))


def link(desk: Any, request: HttpRequest, ticket: Ticket | None) -> HttpResponse:
    """Link something to the ticket, from the small form on the right."""
    if ticket is None:
        raise Http404
    form = LinkForm(request.POST)
    if not form.is_valid():
        return page(desk, request, ticket, refusal=_("Choose what it is, and give its number."))
    try:
        with transaction.atomic():
            add_link(ticket_id=ticket.pk, **form.cleaned_data, actor=actor_of(request), now=clock.now())
    except DomainError as error:
        return page(desk, request, ticket, refusal=words(error.message_id, error.params))
    messages.success(request, _("Linked."))
    return HttpResponseRedirect(reverse("admin:support_ticket_change", args=[ticket.pk]))


def feed_view(request: HttpRequest) -> HttpResponse:
    """What came in since, and who else has the ticket open: asked for twice a second by every open workbench. With
    ``sign=1``, every few seconds, it is a sign of life of the agent as well. SOP: S2, S19"""
    actor = actor_of(request)
    if not actor.can(VIEW):
        raise PermissionDenied
    after, key = request.GET.get("after", "0"), request.GET.get("ticket", "")
    if not after.isdecimal() or len(after) > 18 or not (key == "" or (key.isdecimal() and len(key) <= 18)):
        return JsonResponse({"error": "invalid"}, status=400)
    found, now = finding.feed(actor, after=int(after)), clock.now()
    answer: dict[str, Any] = {"last": max([int(after), *(row["pk"] for row in found)]), "news": [_news(row) for row in found]}
    if request.GET.get("sign") == "1" and actor.can(presence.PERMISSION):
        presence.seen(actor=actor, now=now)
        answer["presence"] = standing(actor, now)
    if key and request.GET.get("look") == "1":
        try:
            look(ticket_id=int(key), actor=actor, now=now)
        except DomainError:
            raise Http404 from None
        names = finding.lookers(int(key), besides=actor.staff_id, now=now)
        answer["viewing"] = _("%(names)s is viewing this ticket too.") % {"names": ", ".join(names)} if names else ""
    return JsonResponse(answer)


def _news(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "message": row["pk"],
        "id": row["ticket__public_id"],
        "number": row["ticket__number"],
        "subject": row["ticket__subject"],
        "channel": row["ticket__channel"],
        "url": reverse("admin:support_ticket_change", args=[row["ticket__public_id"]]),
    }


def _opened(desk: Any, ticket: Ticket, actor: Actor) -> dict[str, Any]:
    """What the centre and the right show of one ticket."""
    now = clock.now()
    said = list(finding.conversation(ticket))
    macros = [(macro, *fill_macro(macro, ticket)) for macro in Macro.objects.filter(active=True)[:50]]
    return {
        "original": ticket,
        "said": said,
        "seen": max((row.pk for row in said), default=0),
        "macros": [{"title": macro.title, "text": text, "missing": missing} for macro, text, missing in macros],
        "may_work": actor.can(WORK),
        "commands": desk.buttons(ticket, actor),
        "customer": masked_customer(ticket.customer_id) if ticket.customer_id else None,
        "parcels": parcels(ticket.order_id) if ticket.order_id else [],
        "links": finding.links_of(ticket),
        "tasks": ticket.tasks.order_by("-pk")[:10],
        "panels": panels.shown(ticket, actor, now),
        "link_form": LinkForm(),
        "viewing": finding.lookers(ticket.pk, besides=actor.staff_id, now=now),
    }
