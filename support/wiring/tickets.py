"""The work and the trail of the ticket desk."""

from functools import partial

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.doors.admin import besides
from opsdesk.duties.definitions import Duty
from opsdesk.files import access
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin.tickets.beside import of_subject
from support.queries.tickets import finding
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE
from support.services.tickets import departments, moving, steps
from support.services.tickets.writing import PURPOSE
from support.tasks import mail

access.register(PURPOSE, finding.may_have_file)
for _kind in ("order", "return"):
    _title = pgettext_lazy("of an order or a return", "Tickets")
    _tab = partial(of_subject, _kind)
    besides.register(_kind, besides.Beside(_title, "support/tickets/beside.html", "support.view_ticket", _tab))


def _workbench(public_id: str) -> str:
    return reverse("admin:support_ticket_change", args=[public_id])


def _task(public_id: str) -> str:
    return reverse("admin:support_departmenttask_change", args=[public_id])


_AGENT = Role.CUSTOMER_SERVICE
KINDS: tuple[Kind, ...] = (
    Kind(moving.TAKE, mark("New tickets"), mark("Ticket %(number)s: take it"), _AGENT, _workbench, "S5"),
    Kind(
        moving.ANSWER_BACK,
        mark("Answers of departments"),
        mark("Ticket %(number)s: tell the customer what the department says"),
        _AGENT,
        _workbench,
        "S6",
    ),
    Kind(
        moving.CONFIRM,
        mark("Solutions to confirm"),
        mark("Ticket %(number)s: ask the customer whether it is solved"),
        _AGENT,
        _workbench,
        "S10",
    ),
    Kind(
        moving.UNDELIVERED,
        mark("Replies that did not arrive"),
        mark("Ticket %(number)s: the reply did not leave; reach the customer another way"),
        _AGENT,
        _workbench,
        "S1",
    ),
    Kind(
        departments.TASK,
        mark("Questions of customer service"),
        mark("Ticket %(number)s: answer customer service"),
        Role.WAREHOUSE,
        _task,
        "S6",
    ),
)
DUTIES: tuple[Duty, ...] = (
    Duty("support.poll_mail", "* * * * *", "S1", lambda slot, now: mail.poll_mail(now=now), mark("Fetch customers' e-mail")),
    Duty(
        "support.send_replies", "* * * * *", "S1", lambda slot, now: mail.send_replies(now=now), mark("Send replies by e-mail")
    ),
    Duty(
        "support.archive_tickets",
        "40 2 * * *",
        "S13",
        lambda slot, now: steps.archive_confirmed(actor=SYSTEM, now=now),
        mark("Archive confirmed tickets"),
    ),
)
LABELS: dict[str, str] = {
    "support.ticket_opened": mark("Ticket opened"),
    "support.ticket_take": mark("Ticket taken"),
    "support.ticket_assign": mark("Ticket assigned"),
    "support.ticket_reply": mark("Customer answered"),
    "support.ticket_classify": mark("Ticket classified"),
    "support.ticket_wait_customer": mark("Waits for the customer"),
    "support.ticket_wait_department": mark("Department asked"),
    "support.ticket_come_back": mark("Department answered"),
    "support.ticket_go_on": mark("Ticket goes on"),
    "support.ticket_resolve": mark("Ticket resolved"),
    "support.ticket_reopen": mark("Ticket reopened"),
    "support.ticket_confirm": mark("Solution confirmed by the customer"),
    "support.ticket_merge": mark("Ticket merged"),
    "support.ticket_archive": mark("Ticket archived"),
    "support.ticket_linked": mark("Ticket linked"),
    "support.triage_rule_written": mark("Triage rule written"),
    "support.macro_written": mark("Canned reply written"),
    "support.team_written": mark("Team written"),
}
CHARTS = {
    "support.ticket": Chart(
        TICKET_LIFECYCLE,
        {"take": mark("Take"), "reply": mark("Reply")},
    )
}
