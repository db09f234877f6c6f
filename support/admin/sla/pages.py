"""What the screens of service levels share: a page that asks and calls one service, and the way to a ticket."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import ReadOnlyAdmin
from support.models import Ticket
from support.queries.sla.promises import visible_tickets

SECOND, MINUTE = 1000, 60_000


def shown_span(milliseconds: int | None) -> str:
    """A span to the second, below a minute to the millisecond; a minus before what is overspent."""
    if milliseconds is None:
        return "–"
    sign, total = ("−" if milliseconds < 0 else ""), abs(milliseconds)
    if total < MINUTE:
        return sign + _("%(seconds)s s") % {"seconds": f"{total / SECOND:g}"}
    hours, rest = divmod(total // SECOND, 3600)
    parts = [_("%(hours)s h") % {"hours": hours}] if hours else []
    parts += [_("%(minutes)s min") % {"minutes": rest // 60}] if rest // 60 else []
    parts += [_("%(seconds)s s") % {"seconds": rest % 60}] if rest % 60 and not hours else []
    return sign + " ".join(parts)


def asked_ticket(request: HttpRequest) -> Ticket:
    """The ticket that the address names by its public id. Raises: Http404."""
    found = visible_tickets(actor_of(request)).filter(public_id=request.GET.get("ticket", "")).first()
    if found is None:
        raise Http404
    return found


def allow(request: HttpRequest, permission: str) -> None:
    """Raises: PermissionDenied."""
    if not actor_of(request).can(permission):
        raise PermissionDenied


def ticket_url(ticket: Ticket) -> str:
    """The page of a ticket."""
    return reverse("admin:support_ticket_change", args=[ticket.pk])


def ticket_link(ticket: Ticket) -> Any:
    """The number of a ticket, leading to its page."""
    return format_html('<a href="{}">{}</a>', ticket_url(ticket), ticket.number)


def answer(
    request: HttpRequest,
    admin: ReadOnlyAdmin,
    *,
    form: CommandForm,
    run: Callable[[dict[str, Any]], object],
    label: Any,
    button: Any,
    back: str,
    original: object = "",
    template: str = "opsdesk/command.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it is sent and the service takes it, go back with a word of success."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                run(form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(label)s: done.") % {"label": label})
            return HttpResponseRedirect(back)
    context = admin.admin_site.each_context(request) | {
        "title": label,
        "form": form,
        "command": {"label": button},
        "opts": admin.opts,
        "original": original,
        "back": back,
        **(extra or {}),
    }
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)
