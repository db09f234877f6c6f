"""The work, the duties, the files, the panels and the trail of the ticket desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.files import access
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.sla.panel import ticket_panel
from support.queries.tickets.tickets import may_have_attachment
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE
from support.rules.tickets.tasks import TASK_LIFECYCLE
from support.services.tickets import attachments, departments, moving, steps

access.register(attachments.PURPOSE, may_have_attachment)
panels.register(panels.Panel(_("Clocks and promises"), "support/sla/panel.html", "support.view_ticketclock", ticket_panel))


def _ticket(public_id: str) -> str:
    return reverse("admin:support_ticket_change", args=[public_id])


def _task(public_id: str) -> str:
    return reverse("admin:support_departmenttask_change", args=[public_id])


_AGENT = Role.CUSTOMER_SERVICE
KINDS: tuple[Kind, ...] = (
    Kind(moving.TAKE, mark("Tickets to take"), mark("Ticket %(number)s: nobody has it"), _AGENT, _ticket, "S5"),
    Kind(
        moving.CONFIRM,
        mark("Solutions to confirm"),
        mark("Ticket %(number)s: ask the customer whether it is solved"),
        _AGENT,
        _ticket,
        "S10",
    ),
    Kind(
        moving.FAILED,
        mark("Answers that did not arrive"),
        mark("Ticket %(number)s: send the answer again"),
        _AGENT,
        _ticket,
        "S1",
    ),
    Kind(
        departments.ANSWER,
        mark("Questions of customer service"),
        mark("Ticket %(number)s: answer customer service"),
        Role.WAREHOUSE,
        _task,
        "S6",
    ),
    Kind(
        departments.BACK,
        mark("Answers of departments"),
        mark("Ticket %(number)s: a department has answered, tell the customer"),
        _AGENT,
        _ticket,
        "S6",
    ),
)
DUTIES: tuple[Duty, ...] = (
    Duty(
        "support.archive_tickets",
        "40 2 * * *",
        "S13",
        lambda slot, now: steps.archive_confirmed(now=now),
        mark("Archive confirmed tickets"),
    ),
)
LABELS: dict[str, str] = {
    "support.ticket_opened": mark("Ticket opened"),
    "support.ticket_take": mark("Ticket taken"),
    "support.ticket_assign": mark("Ticket assigned"),
    "support.ticket_classify": mark("Ticket classified"),
    "support.ticket_replied": mark("Customer answered"),
    "support.ticket_noted": mark("Note written"),
    "support.ticket_wait_customer": mark("Waits for the customer"),
    "support.ticket_ask": mark("Department asked"),
    "support.ticket_go_on": mark("Ticket goes on"),
    "support.ticket_resolve": mark("Ticket resolved"),
    "support.ticket_confirm": mark("Customer confirmed the solution"),
    "support.ticket_reopen": mark("Ticket reopened"),
    "support.ticket_archive": mark("Ticket archived"),
    "support.ticket_merge": mark("Ticket merged into another"),
    "support.ticket_took_in": mark("Another ticket was merged into this one"),
    "support.ticket_undelivered": mark("Answer did not arrive"),
    "support.ticket_sent_again": mark("Answer sent again"),
    "support.task_answered": mark("Department answered"),
}
CHARTS = {"support.ticket": Chart(TICKET_LIFECYCLE), "support.department_task": Chart(TASK_LIFECYCLE)}
