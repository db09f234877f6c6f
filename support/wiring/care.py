"""The work, the duties and the trail of customer care."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.care.profiles import VIEW, panel
from support.rules.care.lifecycle import BROADCAST_LIFECYCLE, CALL_LIFECYCLE
from support.services.care import broadcasts, calls

panels.register(panels.Panel(_("What the customer likes"), "support/care/panel.html", VIEW, panel))


def _call(public_id: str) -> str:
    return reverse("admin:support_callback_change", args=[public_id])


def _broadcast(public_id: str) -> str:
    return reverse("admin:support_broadcast_change", args=[public_id])


KINDS = (
    Kind(calls.CALL, mark("Return visits"), mark("%(plan)s: call the customer"), Role.CUSTOMER_SERVICE, _call, "S16"),
    Kind(
        broadcasts.APPROVE,
        mark("Broadcasts to approve"),
        mark("Approve “%(title)s”, or have it not sent"),
        Role.OPERATIONS_SUPERVISOR,
        _broadcast,
        "S17",
    ),
    Kind(
        broadcasts.POST,
        mark("Posts for social accounts"),
        mark("Post “%(title)s”, and say where"),
        Role.MARKETING,
        _broadcast,
        "S17",
    ),
)
DUTIES = (
    Duty(
        "support.plan_calls",
        "15 8 * * *",
        "S16",
        lambda slot, now: calls.plan_calls(now=now),
        mark("Plan the day's return visits"),
    ),
    Duty(
        "support.send_broadcasts",
        "*/5 * * * *",
        "S17",
        lambda slot, now: broadcasts.send_due(now=now),
        mark("Send approved broadcasts"),
    ),
)
LABELS = {
    "support.profile_written": mark("Preferences and consent written"),
    "support.profiles_merged": mark("Two customers are one person"),
    "support.opted_out": mark("Wants no broadcasts"),
    "support.segment_written": mark("Segment written"),
    "support.call_plan_written": mark("Plan of return visits written"),
    "support.callback_planned": mark("Return visit planned"),
    "support.callback_made": mark("Customer called"),
    "support.callback_cancelled": mark("Return visit cancelled"),
    "support.broadcast_written": mark("Broadcast written"),
    "support.broadcast_approved": mark("Broadcast approved"),
    "support.broadcast_sent": mark("Broadcast sent"),
    "support.broadcast_cancelled": mark("Broadcast cancelled"),
}
CHARTS = {
    "support.callback": Chart(CALL_LIFECYCLE, {"call": mark("The customer was called"), "cancel": mark("Do not call")}),
    "support.broadcast": Chart(
        BROADCAST_LIFECYCLE,
        {"approve": mark("Approve the broadcast"), "posted": mark("It is posted"), "cancel": mark("Do not send it")},
    ),
}
