"""Claiming work and giving it back, from the home page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.words import say
from opsdesk.inbox.services import claim, give_back


@require_POST
def claim_work(request: HttpRequest, item_id: str) -> HttpResponse:
    """Take an item of one's desk."""
    try:
        claim(item_id=item_id, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        messages.error(request, say(refusal.message_id, refusal.params))
    else:
        messages.success(request, _("The work is yours."))
    return HttpResponseRedirect(reverse("admin:index"))


@require_POST
def give_back_work(request: HttpRequest, item_id: str) -> HttpResponse:
    """Return an item to the desk."""
    try:
        give_back(item_id=item_id, actor=actor_of(request))
    except DomainError as refusal:
        messages.error(request, say(refusal.message_id, refusal.params))
    return HttpResponseRedirect(reverse("admin:index"))
