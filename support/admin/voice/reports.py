"""Service reports and their tasks in the browser. SOP: S13, S21"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say
from opsdesk.parameters.queries import value
from support.admin.voice.forms import ConclusionsForm, ResultForm, TaskForm
from support.enums.tickets import Channel, TicketType
from support.enums.voice import ReportState, ReportTaskState
from support.models import ReportTask, VoiceReport
from support.parameters.voice import NOTABLE_CHANGE
from support.queries.voice import archive as queries
from support.rules.voice.lifecycle import REPORT_LIFECYCLE, TASK_LIFECYCLE
from support.rules.voice.reports import SECTIONS, change, remarks
from support.services.voice import reports

WORDS = {"type": dict(TicketType.choices), "channel": dict(Channel.choices)}


@admin.register(VoiceReport)
class VoiceReportAdmin(LifecycleAdmin):
    """SOP: S13, S21"""

    subject_kind = reports.KIND
    subject_argument = "report_id"
    state_field = "state"
    shop_field = "shop"
    lifecycle = REPORT_LIFECYCLE
    commands = {
        "publish": Command(label=_("Publish with conclusions"), run=reports.publish, form=ConclusionsForm),
        "add_task": Command(label=_("Add a task"), run=reports.add_task, form=TaskForm),
    }
    change_form_outer_after_template: Any = "support/voice/report.html"
    list_display = ("period", "shop", "kind", "coloured_state", "tickets", "trend", "due_at", "published_by")
    list_filter = ("kind", "state", "shop")
    list_select_related = ("shop",)
    fields = (("kind", "shop", "coloured_state"), ("first", "last", "due_at"), "conclusions", ("published_by", "published_at"))
    readonly_fields = ("coloured_state",)

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        facts = said(obj.facts)
        context = {
            "facts": facts,
            "sections": [(_TITLES[name], [_line(row) for row in facts[name]]) for name in SECTIONS],
            "remarks": [say(one.message, one.params) for one in remarks(facts, notable=value(NOTABLE_CHANGE))],
            "series": queries.series(obj),
            "tasks": list(obj.tasks.order_by("pk")),
            "tasks_before": list(queries.tasks_before(obj)[:20]),
        }
        return super().page_context(request, obj) | context

    @admin.display(description=_("period"))
    def period(self, row: VoiceReport) -> str:
        return f"{row.first} – {row.last}"

    @admin.display(description=_("tickets"))
    def tickets(self, row: VoiceReport) -> int:
        return int(row.facts["now"]["tickets"])

    @admin.display(description=_("against the period before"))
    def trend(self, row: VoiceReport) -> str:
        return shown_change(row.facts["now"]["tickets"], row.facts["before"]["tickets"])

    @column(_("state"), colours={ReportState.DRAFT: "amber", ReportState.PUBLISHED: "green"})
    def coloured_state(self, row: VoiceReport) -> tuple[str, str]:
        return row.state, row.get_state_display()


_TITLES = {"type": _("By type"), "product": _("By product"), "channel": _("By channel"), "cause": _("By cause")}


def said(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with types and channels in the reader's language."""
    words = {
        section: [dict(row, name=str(names.get(row["key"], row["key"]))) for row in facts[section]]
        for section, names in WORDS.items()
    }
    return {**facts, **words}


def shown_change(now: int, before: int) -> str:
    """An arrow and percent."""
    percent = change(now, before)
    if percent is None:
        return gettext("new") if now else "–"
    return f"{'▲' if percent > 0 else '▼' if percent < 0 else '＝'} {abs(percent)} %"


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return dict(row, trend=shown_change(row["now"], row["before"]), up=row["now"] > row["before"])


@admin.register(ReportTask)
class ReportTaskAdmin(LifecycleAdmin):
    """SOP: S21"""

    subject_kind = reports.TASK
    subject_argument = "task_id"
    state_field = "state"
    shop_field = "report__shop"
    lifecycle = TASK_LIFECYCLE
    commands = {"finish": Command(label=_("Task is done"), run=reports.finish_task, form=ResultForm)}
    list_display = ("text", "role", "report", "due_at", "coloured_state", "done_by")
    list_filter = ("state", "role")
    list_select_related = ("report",)
    fields = ("text", ("role", "due_at", "coloured_state"), "report", "result", ("done_by", "done_at"))
    readonly_fields = ("coloured_state",)

    @column(_("state"), colours={ReportTaskState.OPEN: "amber", ReportTaskState.DONE: "green"})
    def coloured_state(self, row: ReportTask) -> tuple[str, str]:
        return row.state, row.get_state_display()
