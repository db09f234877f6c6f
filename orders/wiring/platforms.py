"""The work and the trail of platforms' files."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.platforms.problems import PROBLEM_LIFECYCLE
from orders.services.platforms import problems


def _problem_page(problem_id: str) -> str:
    return reverse("admin:orders_platformproblem_change", args=[problem_id])


KINDS = (
    Kind(
        problems.WORK,
        mark("Problems of platforms' files"),
        mark("Order %(number)s of a platform's file cannot go on"),
        Role.CUSTOMER_SERVICE,
        _problem_page,
        "O2",
    ),
)
DUTIES: tuple[Duty, ...] = ()
LABELS = {
    "orders.platform_problem": mark("Put on the problem list"),
    "orders.platform_problem_solved": mark("Problem solved"),
    "orders.platform_problem_dropped": mark("Problem dropped"),
    "orders.shipping_exported": mark("Batch-ship table made"),
    "orders.shipping_downloaded": mark("Batch-ship table downloaded"),
    "orders.carrier_named": mark("Carrier's name on the platform written down"),
    "orders.sku_mapped": mark("Merchant code mapped"),
    "orders.refund_platform_pay": mark("Refund paid by the platform"),
}
CHARTS = {
    "orders.platform_problem": Chart(
        PROBLEM_LIFECYCLE,
        {
            "map": mark("Choose the SKU"),
            "state_goods": mark("Enter the pieces"),
            "retry": mark("Try again"),
            "solve": mark("It has been put right"),
            "drop": mark("Drop"),
        },
    )
}
