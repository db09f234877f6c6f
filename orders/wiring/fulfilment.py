"""The work, the duties and the trail of the warehouse."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.services.fulfilment import picking

KINDS = (
    Kind(
        picking.WORK,
        mark("Pick lists"),
        mark("Pick list %(wave)s: %(orders)s orders to pick"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_picklist_change", args=[key]),
        "O9",
    ),
)
DUTIES: tuple[Duty, ...] = ()
LABELS = {
    "orders.pack": mark("Packed"),
    "orders.ship": mark("Shipped"),
    "orders.pick_list_made": mark("Pick list made"),
    "orders.pick_list_printed": mark("Pick list printed"),
    "orders.pick_list_reprinted": mark("Pick list printed again"),
    "orders.pick_list_picked": mark("Everything picked"),
    "orders.pick_list_cancelled": mark("Pick list taken back"),
}
CHARTS = {"orders.pick_list": Chart(PICK_LIST_LIFECYCLE)}
