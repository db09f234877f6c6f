"""The work, the duties and the trail of the warehouse."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.rules.fulfilment.pushes import PUSH_LIFECYCLE
from orders.rules.fulfilment.scanning import SHORT_LIFECYCLE
from orders.services.fulfilment import allocation, picking, pushes, shorts
from orders.tasks.fulfilment import push_orders

KINDS = (
    Kind(
        picking.WORK,
        mark("Pick lists"),
        mark("Pick list %(wave)s: %(orders)s orders to pick"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_picklist_change", args=[key]),
        "O9",
    ),
    Kind(
        allocation.WORK,
        mark("Orders without a warehouse"),
        mark("Order %(number)s: choose the warehouse"),
        Role.OPERATIONS_SUPERVISOR,
        lambda key: reverse("admin:orders_order_change", args=[key]),
        "O8",
    ),
    Kind(
        shorts.WORK,
        mark("Missing pieces"),
        mark("Order %(number)s: %(pieces)s of %(sku)s are not on their shelf"),
        Role.OPERATIONS_SUPERVISOR,
        lambda key: reverse("admin:orders_shortpick_change", args=[key]),
        "O9",
    ),
    Kind(
        pushes.WORK,
        mark("Orders not taken over by the warehouse system"),
        mark("Order %(number)s was not taken over: %(reason)s"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_warehousepush_change", args=[key]),
        "O6",
    ),
)
DUTIES = (
    Duty(
        "orders.push_orders",
        "* * * * *",
        "O6",
        lambda slot, now: push_orders(now=now),
        mark("Send released orders to the warehouse system"),
    ),
)
LABELS = {
    "orders.pack": mark("Packed"),
    "orders.ship": mark("Shipped"),
    "orders.ship_part": mark("A part shipped"),
    "orders.cancel_rest": mark("The rest cancelled"),
    "orders.pick_list_made": mark("Pick list made"),
    "orders.pick_list_printed": mark("Pick list printed"),
    "orders.pick_list_reprinted": mark("Pick list printed again"),
    "orders.pick_list_picked": mark("Everything picked"),
    "orders.pick_list_cancelled": mark("Pick list taken back"),
    "orders.carrier_changed": mark("Carrier changed"),
    "orders.allocate": mark("Warehouse chosen by hand"),
    "orders.allocation_rule_saved": mark("Allocation rule saved"),
    "orders.gift_rule_saved": mark("Gift rule saved"),
    "orders.packing_rule_saved": mark("Packing rule saved"),
    "orders.short_reported": mark("Pieces reported missing"),
    "orders.short_found": mark("Missing pieces found"),
    "orders.short_write_off": mark("Missing pieces written off"),
    "orders.push_waiting": mark("Sent to the warehouse system again"),
    "orders.push_confirmed": mark("Taken over by the warehouse system"),
    "orders.push_rejected": mark("Rejected by the warehouse system"),
    "orders.push_unanswered": mark("Not answered by the warehouse system"),
    "orders.push_settled": mark("Handed over by hand"),
    "orders.push_withdrawn": mark("Not sent to the warehouse system any more"),
}
CHARTS = {
    "orders.pick_list": Chart(PICK_LIST_LIFECYCLE),
    "orders.warehouse_push": Chart(PUSH_LIFECYCLE),
    "orders.short_pick": Chart(SHORT_LIFECYCLE),
}
