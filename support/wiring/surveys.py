"""The work, the duty and the trail of surveys."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.surveys.pages import panel
from support.rules.surveys.answers import SURVEY_LIFECYCLE
from support.services.surveys import answering, plans

panels.register(panels.Panel(_("Satisfaction"), "support/surveys/panel.html", "support.view_survey", panel))


def _page(public_id: str) -> str:
    return reverse("admin:support_survey_change", args=[public_id])


KINDS = (
    Kind(
        answering.LOW,
        mark("Customers who were not content"),
        mark("%(stars)s stars for %(about)s: talk with the customer"),
        Role.OPERATIONS_SUPERVISOR,
        _page,
        "S11",
    ),
)
DUTIES = (
    Duty(
        "support.send_surveys",
        "0 10 * * *",
        "S11",
        lambda slot, now: plans.send_due(actor=SYSTEM, now=now),
        mark("Send periodic surveys"),
    ),
)
LABELS = {
    "support.survey_answered": mark("Survey answered"),
    "support.survey_followed_up": mark("Talked with the customer"),
    "support.survey_planned": mark("Survey planned"),
    "support.survey_sent": mark("Survey sent"),
}
CHARTS = {"support.survey": Chart(SURVEY_LIFECYCLE, {"follow_up": mark("Talked with the customer")})}
