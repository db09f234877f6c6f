"""The signed-in person's notices."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opsdesk.accounts.models import User
from opsdesk.common import clock
from opsdesk.consoles.pages.base import page
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.words import say
from opsdesk.notifications.queries import inbox_of
from opsdesk.notifications.services import mark_read

SHOWN = 100


def notice_list(request: HttpRequest) -> HttpResponse:
    """The newest notices; POST marks all of them as read."""
    actor_of(request)
    assert isinstance(request.user, User)
    if request.method == "POST":
        mark_read(user=request.user, now=clock.now())
        return HttpResponseRedirect(reverse("admin:notices"))
    notices = [{"notice": notice, "text": say(notice.message, notice.params)} for notice in inbox_of(request.user)[:SHOWN]]
    return page(request, "consoles/notices.html", title=_("Notices"), notices=notices)
