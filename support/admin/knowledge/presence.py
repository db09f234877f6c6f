"""Who is there to answer customers, in the browser. SOP: S19"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext

from opsdesk.common import clock
from opsdesk.common.actors import Actor
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
    """Whether one is there, and the ticket that one was looking at."""

    state = forms.ChoiceField(choices=PresenceState.choices)
    ticket = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


@admin.register(AgentPresence)
class AgentPresenceAdmin(ReadOnlyAdmin):
    """SOP: S19"""

    subject_kind = presence.KIND
    list_display = ("user", "state", "since", "seen_at")
    list_select_related = ("user",)
    list_filter = ("state",)
    fields = (("user", "state"), ("since", "seen_at"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("board/", view(self.board_view), name="support_agentpresence_board"),
            path("set/", view(self.set_view), name="support_agentpresence_set"),
            *super().get_urls(),
        ]

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

    def set_view(self, request: HttpRequest) -> HttpResponse:
        """Say on the workbench whether one is there: its script gets the standing, a form comes back to the page."""
        allow(request, presence.PERMISSION)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        actor, form = actor_of(request), StateForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": "invalid"}, status=422)
        now = clock.now()
        presence.set_presence(state=form.cleaned_data["state"], actor=actor, now=now)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse(standing(actor, now))
        ticket = form.cleaned_data["ticket"]
        name, args = ("change", [ticket]) if ticket else ("workbench", [])
        return HttpResponseRedirect(reverse(f"admin:support_ticket_{name}", args=args))


def standing(actor: Actor, now: datetime) -> dict[str, Any]:
    """Whether the agent is there, and how many take conversations: what the workbench shows of presence. SOP: S19"""
    count = len(queries.present(now))
    text = ngettext("%(count)s agent is online", "%(count)s agents are online", count) % {"count": count}
    return {"state": queries.state_of(actor.staff_id, now).value, "online": text}


def _hours(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
