"""The work and the trail of the finance desk."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.finance.refunds import REFUND_LIFECYCLE
from orders.services.finance import refunds


def _refund_page(public_id: str) -> str:
    return reverse("admin:orders_refund_change", args=[public_id])


KINDS = (
    Kind(
        refunds.PAY,
        mark("Refunds to pay"),
        mark("Pay %(amount)s back for order %(number)s"),
        Role.FINANCE,
        _refund_page,
        "O20",
    ),
    Kind(
        refunds.APPROVE,
        mark("Refunds to approve"),
        mark("Approve the refund of %(amount)s for order %(number)s"),
        Role.OPERATIONS_SUPERVISOR,
        _refund_page,
        "S8",
    ),
)
DUTIES: tuple[Duty, ...] = ()
LABELS = {
    "orders.refund_owed": mark("Refund owed"),
    "orders.refund_approve": mark("Refund approved"),
    "orders.refund_reject": mark("Refund rejected"),
    "orders.refund_pay": mark("Refund paid"),
    "orders.refund_fail": mark("Refund failed"),
    "orders.refund_retry": mark("Refund tried again"),
}
CHARTS = {"orders.refund": Chart(REFUND_LIFECYCLE)}
