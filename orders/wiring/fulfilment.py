"""The work, the duties and the trail of the warehouse."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.rules.fulfilment.pushes import PUSH_LIFECYCLE, RECALL_LIFECYCLE
from orders.rules.fulfilment.scanning import SHORT_LIFECYCLE
from orders.services.fulfilment import allocation, picking, pushes, recall_rows, shorts
from orders.tasks.fulfilment import push_orders, recall_orders

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
    Kind(
        recall_rows.OPEN_WORK,
        mark("Cancellations that the warehouse system does not answer"),
        mark("Order %(number)s was cancelled: stop it in the warehouse (%(reason)s)"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_warehouserecall_change", args=[key]),
        "O18",
    ),
    Kind(
        recall_rows.LATE_WORK,
        mark("Cancellations that came too late"),
        mark("Order %(number)s: too late to stop it, settle it with the customer"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_warehouserecall_change", args=[key]),
        "O18",
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
    Duty(
        "orders.recall_orders",
        "* * * * *",
        "O18",
        lambda slot, now: recall_orders(now=now),
        mark("Ask the warehouse system to stop cancelled orders"),
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
    "orders.recall_asked": mark("Cancellation asked of the warehouse"),
    "orders.recall_waiting": mark("Cancellation asked of the warehouse again"),
    "orders.recall_stopped": mark("Stopped in the warehouse"),
    "orders.recall_too_late": mark("Too late to stop in the warehouse"),
    "orders.recall_unanswered": mark("Cancellation not answered by the warehouse"),
    "orders.recall_settled": mark("Late cancellation settled"),
}
CHARTS = {
    "orders.pick_list": Chart(PICK_LIST_LIFECYCLE),
    "orders.warehouse_push": Chart(PUSH_LIFECYCLE),
    "orders.warehouse_recall": Chart(RECALL_LIFECYCLE),
    "orders.short_pick": Chart(SHORT_LIFECYCLE),
}
