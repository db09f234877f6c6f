"""Who is there to answer customers, in the browser. SOP: S19"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.duties.definitions import SHOP_TIME
from support.admin.sla.pages import allow
from support.enums.knowledge import PresenceState
from support.models import AgentPresence
from support.queries.knowledge import presence as queries
from support.services.knowledge import presence

COLOURS = {PresenceState.ONLINE: "green", PresenceState.BUSY: "amber", PresenceState.OFFLINE: "grey"}


class StateForm(CommandForm):
    """Whether one is there."""

    state = forms.ChoiceField(choices=PresenceState.choices)


@admin.register(AgentPresence)
class AgentPresenceAdmin(ReadOnlyAdmin):
    """SOP: S19"""

    subject_kind = presence.KIND
    list_display = ("user", "state", "since", "seen_at")
    list_select_related = ("user",)
    list_filter = ("state",)
    fields = (("user", "state"), ("since", "seen_at"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.board_view)
        return [path("board/", view, name="support_agentpresence_board"), *super().get_urls()]

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """Everybody who answers customers, whether they are there, and how long they were today; POST says it of oneself."""
        allow(request, "support.view_agentpresence")
        actor, now = actor_of(request), clock.now()
        form = StateForm(posted(request))
        if request.method == "POST":
            allow(request, presence.PERMISSION)
            if form.is_valid():
                row = presence.set_presence(state=form.cleaned_data["state"], actor=actor, now=now)
                messages.success(request, gettext("You are: %(state)s") % {"state": row.get_state_display()})
                return HttpResponseRedirect(reverse("admin:support_agentpresence_board"))
        midnight = now.astimezone(SHOP_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
        rows = [
            {
                "name": standing.row.user,
                "state": standing.state.label,
                "colour": COLOURS[standing.state],
                "since": standing.row.since,
                "today": _hours(standing.today),
            }
            for standing in queries.board(midnight=midnight, now=now)
        ]
        context: dict[str, Any] = self.admin_site.each_context(request) | {
            "title": gettext("Who is there"),
            "rows": rows,
            "states": PresenceState.choices if actor.can(presence.PERMISSION) else [],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "support/knowledge/presence.html", context, status=status)


def _hours(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
