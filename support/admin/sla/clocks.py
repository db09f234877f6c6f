"""The clocks of tickets in the browser, with the queue as it was when one ran out, and the shift's averages."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.parameters.queries import value
from support.admin.sla.pages import allow, shown_span, ticket_link
from support.enums.sla import BudgetDesk, ClockKind, ClockState
from support.models import TicketClock
from support.parameters.sla import RESPONSE_TIME
from support.queries.sla import budget
from support.queries.sla.clocks import OPEN, queue_at, state_at
from support.rules.sla.calculator import MILLISECOND

VIEW = "support.view_ticketclock"
COLOURS = {
    ClockState.RUNNING: "blue",
    ClockState.PAUSED: "purple",
    ClockState.MET: "green",
    ClockState.LATE: "amber",
    ClockState.BREACHED: "red",
    ClockState.ENDED: "grey",
}


class StateFilter(admin.SimpleListFilter):
    """By how clocks stand now."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in ClockState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[TicketClock]) -> QuerySet[TicketClock]:
        late = Q(breached_at__isnull=False)
        over = late | Q(due_at__lt=clock.now(), paused_at=None)
        found = {
            ClockState.RUNNING: OPEN & Q(paused_at=None) & ~over,
            ClockState.PAUSED: OPEN & Q(paused_at__isnull=False) & ~late,
            ClockState.MET: Q(met_at__isnull=False) & ~late,
            ClockState.LATE: Q(met_at__isnull=False) & late,
            ClockState.BREACHED: (OPEN & over) | (Q(ended_at__isnull=False) & late),
            ClockState.ENDED: Q(ended_at__isnull=False) & ~late,
        }
        chosen = [condition for state, condition in found.items() if state == self.value()]
        return queryset.filter(chosen[0]) if chosen else queryset


@admin.register(TicketClock)
class TicketClockAdmin(ReadOnlyAdmin):
    """SOP: S3, S4a, S4b, S8"""

    shop_field = "ticket__shop"
    list_display = ("ticket_number", "kind", "coloured_state", "shown_start", "shown_due", "target", "took", "held_by")
    list_display_links = ("kind",)
    list_select_related = ("ticket", "policy")
    list_filter = ("kind", StateFilter)
    search_fields = ("ticket__number__startswith",)
    fields = (
        ("ticket_number", "kind", "coloured_state"),
        ("episode", "held_by", "target"),
        ("shown_start", "shown_due", "took"),
        ("answered", "met_by", "overdue"),
        ("paused_at", "paused", "noted"),
        ("ended_at", "end_reason", "steps_taken"),
        ("queue",),
    )
    readonly_fields = (
        *("ticket_number", "coloured_state", "held_by", "target", "took", "paused", "queue"),
        *("shown_start", "shown_due", "answered", "overdue", "noted"),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.budget_view)
        return [path("budget/", view, name="support_ticketclock_budget"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TicketClock]:
        found: QuerySet[TicketClock] = super().get_queryset(request).select_related("ticket", "policy")
        return found

    def budget_view(self, request: HttpRequest) -> HttpResponseBase:
        """The average answer of this shift, desk by desk; with a key the rows behind it."""
        allow(request, VIEW)
        actor, now = actor_of(request), clock.now()
        by = BudgetDesk(request.GET["by"]) if request.GET.get("by") in BudgetDesk.values else BudgetDesk.SHOP
        context = self.admin_site.each_context(request) | {
            "title": gettext("Answering times"),
            "by": by,
            "choices": BudgetDesk.choices,
            **budget_context(by, actor, now),
        }
        if "desk" in request.GET:
            key = request.GET["desk"]
            context["desk"] = key
            context["answered"] = [_row(row) for row in budget.answered_rows(by, key, actor=actor, now=now)]
            context["waiting"] = [_waiting(one) for one in budget.waiting_of(by, key, actor=actor, now=now)]
        return TemplateResponse(request, "support/sla/budget.html", context)

    @admin.display(description=_("ticket"))
    def ticket_number(self, row: TicketClock) -> Any:
        return ticket_link(row.ticket)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: TicketClock) -> tuple[str, str]:
        state = state_at(row, clock.now())
        return state, str(state.label)

    @admin.display(description=_("started"))
    def shown_start(self, row: TicketClock) -> str:
        return _to_the_second(row.started_at)

    @admin.display(description=_("due"))
    def shown_due(self, row: TicketClock) -> str:
        return _to_the_second(row.due_at)

    @admin.display(description=_("met"))
    def answered(self, row: TicketClock) -> str:
        return _to_the_millisecond(row.met_at)

    @admin.display(description=_("overdue since"))
    def overdue(self, row: TicketClock) -> str:
        return _to_the_millisecond(row.breached_at)

    @admin.display(description=_("noted"))
    def noted(self, row: TicketClock) -> str:
        return _to_the_millisecond(row.seen_at)

    @admin.display(description=_("targets"))
    def target(self, row: TicketClock) -> str:
        return shown_span(row.target_ms)

    @admin.display(description=_("took"))
    def took(self, row: TicketClock) -> str:
        return shown_span(row.spent_ms)

    @admin.display(description=_("paused"))
    def paused(self, row: TicketClock) -> str:
        return shown_span(row.paused_ms)

    @admin.display(description=_("counts by"))
    def held_by(self, row: TicketClock) -> str:
        if row.kind == ClockKind.PROMISE:
            return gettext("the promise")
        return str(row.policy) if row.policy else gettext("the SOP's standard")

    @admin.display(description=_("the desk when it ran out"))
    def queue(self, row: TicketClock) -> str:
        """What the live desk looked like at that second. SOP: S3"""
        if row.kind != ClockKind.FIRST_RESPONSE_LIVE or row.breached_at is None:
            return "–"
        state = queue_at(row.due_at, shop_id=row.ticket.shop_id)
        text = gettext(
            "%(waiting)s conversations waited for a person; in the hour before, %(came)s began, %(answered)s answered."
        )
        return text % {"waiting": state.waiting, "came": state.started_before, "answered": state.answered_before}


def budget_context(by: BudgetDesk, actor: Any, now: Any) -> dict[str, Any]:
    """The desks as the page and the home page show them."""
    rows = []
    for desk in budget.desks(by, actor=actor, now=now):
        worst = desk.worst
        rows.append(
            {
                "key": desk.key,
                "name": desk.name or gettext("without a team"),
                "answered": desk.budget.answered,
                "average": shown_span(desk.budget.average),
                "waiting": len(desk.budget.waiting),
                "forecast": shown_span(desk.budget.forecast),
                "left": shown_span(desk.budget.left),
                "kept": desk.budget.is_kept,
                "worst": _waiting(worst) if worst else None,
            }
        )
    return {"rows": rows, "target": shown_span(value(RESPONSE_TIME) // MILLISECOND)}


def _to_the_second(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M:%S}"


def _to_the_millisecond(moment: datetime | None) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M:%S.%f}"[:-3] if moment else "–"


def _row(row: TicketClock) -> dict[str, Any]:
    return {"clock": row, "link": ticket_link(row.ticket), "took": shown_span(row.spent_ms)}


def _waiting(one: budget.Waiting) -> dict[str, Any]:
    row = one.clock
    late = state_at(row, clock.now()) == ClockState.BREACHED
    return {"clock": row, "link": ticket_link(row.ticket), "waits": shown_span(one.spent), "late": late}
