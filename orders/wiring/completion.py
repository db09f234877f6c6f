"""The work, the duties and the trail of receipt, contact and settlement."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.followup import CONTACT_LIFECYCLE, SETTLEMENT_LIFECYCLE
from orders.services.completion import contact_tasks

KINDS = (
    Kind(
        contact_tasks.WORK,
        mark("Receipts to confirm"),
        mark("Order %(number)s: ask the customer whether it has arrived"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_contacttask_change", args=[key]),
        "O16",
    ),
)
DUTIES = (
    Duty(
        "orders.scan_unconfirmed",
        "20 * * * *",
        "O16",
        lambda slot, now: contact_tasks.open_for_unconfirmed(actor=SYSTEM, now=now),
        mark("Have unconfirmed customers contacted"),
    ),
)
LABELS = {
    "orders.contact_task_opened": mark("Contact task opened"),
    "orders.customer_contacted": mark("Customer contacted"),
    "orders.settled": mark("Settled"),
}
CHARTS = {"orders.contact_task": Chart(CONTACT_LIFECYCLE), "orders.settlement": Chart(SETTLEMENT_LIFECYCLE)}
