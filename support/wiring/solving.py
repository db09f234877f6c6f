"""The work, the duties and the trail of solutions."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.solving.pages import panel
from support.services.solving import confirming, starting
from support.services.tickets import moving

panels.register(panels.Panel(_("After-sale"), "support/solving/panel.html", "support.view_ticket", panel))


def _ticket(public_id: str) -> str:
    return reverse("admin:support_ticket_change", args=[public_id])


KINDS = (
    Kind(
        moving.SOLUTION_NEWS,
        mark("Returns that have ended"),
        mark("Ticket %(number)s: tell the customer what came of the return"),
        Role.CUSTOMER_SERVICE,
        _ticket,
        "S8",
    ),
)
DUTIES = (
    Duty(
        "support.follow_solutions",
        "*/5 * * * *",
        "S8",
        lambda slot, now: starting.follow_solutions(now=now),
        mark("Have customers told of returns that have ended"),
    ),
    Duty(
        "support.confirm_silent",
        "40 8 * * *",
        "S10",
        lambda slot, now: confirming.confirm_silent(actor=SYSTEM, now=now),
        mark("Take solutions as confirmed whose customers keep silent"),
    ),
)
LABELS = {"support.ticket_start_solution": mark("Solution started")}
CHARTS: dict[str, Chart] = {}
