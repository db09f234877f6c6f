"""The work, the duties and the trail of receipt, contact and settlement."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.completion.aftercare import SATISFACTION_LIFECYCLE
from orders.rules.followup import CONTACT_LIFECYCLE, SETTLEMENT_LIFECYCLE
from orders.services.completion import aftercare, auto_complete, contact_tasks, satisfaction


def _satisfaction_page(public_id: str) -> str:
    return reverse("admin:orders_satisfactioncontact_change", args=[public_id])


KINDS = (
    Kind(
        contact_tasks.WORK,
        mark("Receipts to confirm"),
        mark("Order %(number)s: ask the customer whether it has arrived"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_contacttask_change", args=[key]),
        "O16",
    ),
    Kind(
        satisfaction.ASK,
        mark("Customers to ask whether they are satisfied"),
        mark("Order %(number)s: ask the customer whether all is well"),
        Role.CUSTOMER_SERVICE,
        _satisfaction_page,
        "O19",
    ),
    Kind(
        satisfaction.REMEDY,
        mark("Bad answers to put right"),
        mark("Order %(number)s: put right what the customer complained of"),
        Role.OPERATIONS_SUPERVISOR,
        _satisfaction_page,
        "O19",
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
    Duty(
        "orders.auto_complete",
        "35 * * * *",
        "O15",
        lambda slot, now: auto_complete.auto_complete(actor=SYSTEM, now=now),
        mark("Complete delivered orders that nobody confirms, if switched on"),
    ),
    Duty(
        "orders.ask_satisfaction",
        "0 10 * * *",
        "O19",
        lambda slot, now: satisfaction.open_due(now=now),
        mark("Have customers asked whether they are satisfied"),
    ),
    Duty(
        "orders.invite_reviews",
        "10 11 * * *",
        "O19",
        lambda slot, now: aftercare.invite_due(actor=SYSTEM, now=now),
        mark("Invite customers to reviews"),
    ),
)
LABELS = {
    "orders.contact_task_opened": mark("Contact task opened"),
    "orders.customer_contacted": mark("Customer contacted"),
    "orders.review_invitation": mark("Review invitation decided"),
    "orders.satisfaction_answered": mark("Satisfaction recorded"),
    "orders.satisfaction_remedied": mark("Complaint put right"),
}
CHARTS = {
    "orders.contact_task": Chart(CONTACT_LIFECYCLE),
    "orders.settlement": Chart(SETTLEMENT_LIFECYCLE),
    "orders.satisfaction": Chart(SATISFACTION_LIFECYCLE),
}
