"""The work, the duties, the alarm and the trail of service levels."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.doors import blocks
from opsdesk.duties import alarms
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.sla import panel
from support.rules.sla.promises import PROMISE_LIFECYCLE
from support.services.sla import grounds, promises, staffing, work
from support.services.sla.live import ALARM
from support.tasks import sla as tasks

alarms.register({ALARM: tasks.ring})
panels.register(
    panels.Panel(_("Clocks and promises"), "support/sla/panel.html", "support.view_ticketclock", panel.ticket_panel)
)
_DESK = frozenset({Role.CUSTOMER_SERVICE, Role.OPERATIONS_SUPERVISOR})
blocks.register([blocks.Block("support.answers", "support/sla/home.html", "support.view_ticketclock", _DESK, panel.home_block)])


def _ticket(public_id: str) -> str:
    return reverse("admin:support_ticket_change", args=[public_id])


def _give(public_id: str) -> str:
    return f"{reverse('admin:support_promise_give')}?ticket={public_id}"


def _grounds(public_id: str) -> str:
    return f"{reverse('admin:support_complaintreview_write')}?ticket={public_id}"


def _staff(day: str) -> str:
    return reverse("admin:support_staffedhour_day", args=[day])


_AGENT, _LEAD = Role.CUSTOMER_SERVICE, Role.OPERATIONS_SUPERVISOR
KINDS = (
    Kind(work.ANSWER, mark("Answers due"), mark("Ticket %(number)s: answer the customer"), _AGENT, _ticket, "S4a"),
    Kind(work.SOLVE, mark("Solutions due"), mark("Ticket %(number)s: give the customer a solution"), _AGENT, _ticket, "S8"),
    Kind(work.KEEP, mark("Promises to keep"), mark("Ticket %(number)s: keep what was promised"), _AGENT, _ticket, "S9"),
    Kind(
        promises.NEXT,
        mark("Promises to give"),
        mark("Ticket %(number)s: the promise was broken, give the next one"),
        _AGENT,
        _give,
        "S9",
    ),
    Kind(
        grounds.WRITE,
        mark("Causes of complaints"),
        mark("Ticket %(number)s: write the root cause and the prevention"),
        _AGENT,
        _grounds,
        "S9",
    ),
    Kind(
        staffing.WANTED,
        mark("Staff for holidays"),
        mark("%(day)s: %(gap)s hours of agents are missing"),
        _LEAD,
        _staff,
        "S20",
        Role.OPERATIONS_MANAGER,
    ),
)
DUTIES = (
    Duty(
        "support.sweep_clocks",
        "* * * * *",
        "S4a",
        lambda slot, now: tasks.sweep(now=now),
        mark("Escalate the clocks of tickets"),
    ),
    Duty(
        "support.ask_for_staff",
        "30 9 * * *",
        "S20",
        lambda slot, now: tasks.ask_for_plans(now=now),
        mark("Ask for the staff of holidays"),
    ),
)
LABELS = {
    "support.clock_recomputed": mark("Deadline reckoned anew"),
    "support.sla_policy_written": mark("Service level policy written"),
    "support.sla_policy_withdrawn": mark("Service level policy ended"),
    "support.promise_given": mark("Promise given"),
    "support.promise_kept": mark("Promise kept"),
    "support.promise_broken": mark("Promise broken"),
    "support.promise_moved": mark("Promise moved to the other ticket"),
    "support.grounds_written": mark("Root cause and prevention written"),
    "support.staff_planned": mark("Staff planned"),
}
CHARTS = {"support.promise": Chart(PROMISE_LIFECYCLE)}
