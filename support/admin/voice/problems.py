"""Problems, the daily digest with its Pareto, and measures in the browser. SOP: S12"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin
from opsdesk.parameters.queries import value
from support.admin.sla.pages import allow
from support.admin.tickets.desk import SettingAdmin
from support.admin.voice.forms import MeasureForm, ProblemForm
from support.enums.tickets import TicketType
from support.enums.voice import ActionState
from support.models import DailyDigest, Problem, ProblemAction
from support.parameters.voice import VITAL_SHARE
from support.queries.voice import problems as queries
from support.rules.sla.hours import DAY, midnight
from support.rules.voice.lifecycle import ACTION_LIFECYCLE
from support.rules.voice.problems import Frequency, pareto
from support.services.voice import acting, digests

COLOURS = {
    ActionState.OPEN: "red",
    ActionState.WATCHED: "amber",
    ActionState.IMPROVED: "green",
    ActionState.NOT_IMPROVED: "red",
}
MOST = 200  # tickets behind a line


@admin.register(Problem)
class ProblemAdmin(SettingAdmin):
    """SOP: S12"""

    write_form = ProblemForm
    write_title = _("Write a problem")
    list_display = ("name", "owner_role", "words", "position", "active")
    fields = (("name", "owner_role"), "words", ("position", "active"))

    def initial_of(self, row: Model) -> dict[str, Any]:
        """What the form shows of a row."""
        return {name: getattr(row, name) for name in ("name", "words", "owner_role", "position", "active")}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        """The service that writes it."""
        acting.write_problem(problem_id=row.pk if row else None, columns=data, **who)


@admin.register(DailyDigest)
class DailyDigestAdmin(ReadOnlyAdmin):
    """SOP: S12"""

    subject_kind = digests.KIND
    shop_field = "shop"
    change_form_outer_after_template: Any = "support/voice/digest.html"
    list_display = ("day", "shop", "opened", "resolved", "waiting", "breached", "mean", "first_line")
    list_filter = ("shop",)
    list_select_related = ("shop",)
    fields = (("day", "shop", "made_at"), ("opened", "resolved", "waiting", "breached"), ("rated", "mean"))
    readonly_fields = ("mean",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.line_view)
        return [path("<int:pk>/tickets/<int:line>/", view, name="support_dailydigest_line"), *super().get_urls()]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        bars = pareto([dict(line, place=place) for place, line in enumerate(obj.lines)], vital=value(VITAL_SHARE))
        context = {
            "bars": [{"bar": bar, "name": line_name(bar.line)} for bar in bars],
            "vital": value(VITAL_SHARE),
            "actions": list(obj.actions.select_related("problem").order_by("pk")),
        }
        return super().page_context(request, obj) | context

    def line_view(self, request: HttpRequest, pk: int, line: int) -> HttpResponseBase:
        """The tickets behind a line."""
        allow(request, "support.view_ticket")
        digest = self.get_queryset(request).filter(pk=pk).first()
        if digest is None or line >= len(digest.lines) or not self.has_view_permission(request, digest):
            raise Http404
        found = digest.lines[line]
        start, end = midnight(digest.day), midnight(digest.day + DAY)
        rows = queries.tickets_of_line(digest, start, end, problem=found["problem"], type_=found["type"])
        context = self.admin_site.each_context(request) | {
            "title": line_name(found),
            "subtitle": str(digest),
            "digest": digest,
            "tickets": rows.select_related("product", "assignee")[:MOST],
            "opts": self.opts,
        }
        return TemplateResponse(request, "support/voice/digest_line.html", context)

    @admin.display(description=_("mean of the stars"))
    def mean(self, row: DailyDigest) -> str:
        return f"{row.stars / row.rated:.2f}" if row.rated else "–"

    @admin.display(description=_("most of them"))
    def first_line(self, row: DailyDigest) -> str:
        return f"{line_name(row.lines[0])} ({row.lines[0]['count']})" if row.lines else "–"


def line_name(line: Any) -> str:
    """A problem by its name, a type in the reader's language."""
    return str(line["name"]) if line["problem"] else str(TicketType(line["type"]).label)


@admin.register(ProblemAction)
class ProblemActionAdmin(LifecycleAdmin):
    """SOP: S12"""

    subject_kind = acting.KIND
    subject_argument = "action_id"
    state_field = "state"
    shop_field = "shop"
    lifecycle = ACTION_LIFECYCLE
    commands = {"take_measure": Command(label=_("Decide on a measure"), run=acting.take_measure, form=MeasureForm)}
    list_display = ("problem", "shop", "round", "coloured_state", "owner_role", "before", "after", "due_at", "judge_at")
    list_filter = ("state", "owner_role", "shop")
    list_select_related = ("problem", "shop")
    fields = (
        ("problem", "shop", "coloured_state"),
        ("round", "previous", "owner_role"),
        ("opened_at", "due_at", "digest"),
        ("before", "tickets_before", "orders_before", "drop_percent"),
        "named",
        ("measure", "measured_by"),
        ("watched_from", "judge_at"),
        ("after", "tickets_after", "orders_after", "closed_at"),
    )
    readonly_fields = ("before", "after", "coloured_state", "named")

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: ProblemAction) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @admin.display(description=_("per 100 orders before"))
    def before(self, row: ProblemAction) -> str:
        return _rate(row.tickets_before, row.orders_before)

    @admin.display(description=_("per 100 orders afterwards"))
    def after(self, row: ProblemAction) -> str:
        return "–" if row.tickets_after is None else _rate(row.tickets_after, row.orders_after or 0)

    @admin.display(description=_("products named most"))
    def named(self, row: ProblemAction) -> str:
        return ", ".join(f"{one['code']} ({one['count']})" for one in row.products) or "–"


def _rate(tickets: int, orders: int) -> str:
    rate = Frequency(tickets, orders).per_hundred
    return "–" if rate is None else str(rate)
