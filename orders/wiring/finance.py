"""The work and the trail of the finance desk."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.finance.refunds import REFUND_LIFECYCLE
from orders.rules.finance.settlement import BATCH_LIFECYCLE, DIFFERENCE_LIFECYCLE
from orders.services.finance import batches, refunds, statements


def _refund_page(public_id: str) -> str:
    return reverse("admin:orders_refund_change", args=[public_id])


def _batch_page(public_id: str) -> str:
    return reverse("admin:orders_settlementbatch_change", args=[public_id])


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
    Kind(
        batches.CHECK,
        mark("Settlements to check"),
        mark("Check the settlement %(number)s"),
        Role.FINANCE,
        _batch_page,
        "O15",
        Role.OPERATIONS_MANAGER,
    ),
    Kind(
        batches.CLOSE,
        mark("Settlements to close"),
        mark("Close the settlement %(number)s, as the second person"),
        Role.OPERATIONS_MANAGER,
        _batch_page,
        "O15",
        Role.OPERATIONS_MANAGER,
    ),
    Kind(
        statements.WORK,
        mark("Differences from the platform's statement"),
        mark("Order %(number)s: resolve the difference from the platform's statement"),
        Role.FINANCE,
        lambda key: reverse("admin:orders_statementdifference_change", args=[key]),
        "O15",
        Role.OPERATIONS_MANAGER,
    ),
)
DUTIES = (
    Duty(
        "orders.make_settlements",
        "30 3 1 * *",
        "O15",
        lambda slot, now: batches.make_due(slot=slot, actor=SYSTEM, now=now),
        mark("Settle the month before"),
    ),
)
LABELS = {
    "orders.refund_owed": mark("Refund owed"),
    "orders.refund_approve": mark("Refund approved"),
    "orders.refund_reject": mark("Refund rejected"),
    "orders.refund_pay": mark("Refund paid"),
    "orders.refund_fail": mark("Refund failed"),
    "orders.refund_retry": mark("Refund tried again"),
    "orders.batch_make": mark("Settlement made"),
    "orders.batch_adjust": mark("Settlement adjusted"),
    "orders.batch_compare": mark("Compared with the statement"),
    "orders.batch_resolve_many": mark("Differences resolved"),
    "orders.batch_check": mark("Settlement checked"),
    "orders.batch_send_back": mark("Settlement sent back"),
    "orders.batch_close": mark("Settlement closed"),
    "orders.difference_resolved": mark("Difference resolved"),
}
CHARTS = {
    "orders.refund": Chart(REFUND_LIFECYCLE),
    "orders.settlement_batch": Chart(BATCH_LIFECYCLE),
    "orders.statement_difference": Chart(DIFFERENCE_LIFECYCLE),
}
