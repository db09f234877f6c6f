"""The work, the duties and the trail of problems, the archive and reports."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.voice.panel import ticket_panel
from support.enums.voice import ActionState, ReportKind
from support.rules.voice.lifecycle import (
    ACTION_LIFECYCLE,
    REPORT_LIFECYCLE,
    TASK_LIFECYCLE,
)
from support.services.voice import acting, reports
from support.tasks import voice as tasks

panels.register(panels.Panel(_("Problem"), "support/voice/panel.html", "support.view_problem", ticket_panel))


def _page(model: str, public_id: str) -> str:
    return reverse(f"admin:support_{model}_change", args=[public_id])


_LEAD = Role.OPERATIONS_SUPERVISOR
KINDS = (
    Kind(
        acting.WANTED,
        mark("Problems of customers"),
        mark("%(problem)s: %(count)s tickets; decide what is done about it"),
        Role.PRODUCT_SPECIALIST,
        partial(_page, "problemaction"),
        "S12",
    ),
    Kind(
        reports.CONCLUDE,
        mark("Service reports to conclude"),
        mark("%(shop)s, %(first)s – %(last)s: write the conclusions of the service report"),
        _LEAD,
        partial(_page, "voicereport"),
        "S21",
        Role.OPERATIONS_MANAGER,
    ),
    Kind(
        reports.FINISH_TASK,
        mark("Tasks from service reports"),
        mark("From the service report: %(text)s"),
        Role.CUSTOMER_SERVICE,
        partial(_page, "reporttask"),
        "S21",
    ),
)
DUTIES = (
    Duty(
        "support.write_digest", "20 7 * * *", "S12", lambda slot, now: tasks.digest(now=now), mark("Sum up yesterday's tickets")
    ),
    Duty("support.file_archived", "50 2 * * *", "S13", lambda slot, now: tasks.file_archived(), mark("File archived tickets")),
    Duty(
        "support.report_week",
        "30 7 * * 1",
        "S21",
        lambda slot, now: tasks.report(ReportKind.WEEK, now=now),
        mark("Write the weekly service report"),
    ),
    Duty(
        "support.report_month",
        "40 7 1 * *",
        "S21",
        lambda slot, now: tasks.report(ReportKind.MONTH, now=now),
        mark("Write the monthly service report"),
    ),
)
LABELS = {
    "support.problem_written": mark("Problem written"),
    "support.digest_written": mark("Daily digest written"),
    "support.problem_action_opened": mark("Measure asked for"),
    "support.problem_action_measured": mark("Measure decided on"),
    "support.problem_action_judged": mark("Measure judged"),
    "support.voice_report_written": mark("Service report written"),
    "support.voice_report_published": mark("Service report published"),
    "support.report_task_added": mark("Task added"),
    "support.report_task_done": mark("Task done"),
}
CHARTS = {
    "support.problem_action": Chart(
        ACTION_LIFECYCLE,
        {"judge": mark("Measure judged")},
        frozenset({"judge"}),
        {"judge": (ActionState.IMPROVED, ActionState.NOT_IMPROVED)},
    ),
    "support.voice_report": Chart(REPORT_LIFECYCLE),
    "support.report_task": Chart(TASK_LIFECYCLE),
}
