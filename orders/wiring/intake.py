"""The work, the duties and the trail of orders taken in and handled."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import contact, overdue, reservations


def _order_page(order_id: str) -> str:
    return reverse("admin:orders_order_change", args=[order_id])


KINDS = (
    Kind(
        contact.CONTACT_CUSTOMER,
        mark("Customers to contact"),
        mark("Contact the customer of order %(number)s"),
        Role.CUSTOMER_SERVICE,
        _order_page,
        "O5",
    ),
    Kind(
        overdue.OVERDUE, mark("Orders overdue"), mark("Order %(number)s is overdue"), Role.CUSTOMER_SERVICE, _order_page, "O17"
    ),
)
DUTIES = (
    Duty(
        "orders.report_overdue",
        "*/10 * * * *",
        "O17",
        lambda slot, now: overdue.report_overdue(now=now),
        mark("Report overdue orders"),
    ),
    Duty(
        "orders.expire_reservations",
        "* * * * *",
        "O2",
        lambda slot, now: reservations.expire_reservations(now=now),
        mark("Give back what unpaid orders have reserved"),
    ),
    Duty(
        "orders.fill_stock_holds",
        "* * * * *",
        "O2",
        lambda slot, now: reservations.fill_stock_holds(now=now),
        mark("Reserve for orders that wait for stock"),
    ),
)
LABELS = {
    "orders.created": mark("Order taken in"),
    "orders.hold": mark("Held"),
    "orders.release_hold": mark("Hold released"),
    "orders.contact": mark("Customer asked"),
    "orders.compare": mark("Compared side by side"),
    "orders.note": mark("Note or flag changed"),
    "orders.promise": mark("Promised ship time set"),
    "orders.release": mark("Released to the warehouse"),
    "orders.confirm_receipt": mark("Receipt confirmed"),
    "orders.cancel": mark("Cancelled"),
    "orders.change_address": mark("Delivery address changed"),
    "orders.mark_paid": mark("Payment recorded"),
    "orders.reveal": mark("Customer data shown"),
    "orders.reservation_expired": mark("Reservation expired"),
    "orders.stock_reserved": mark("Stock reserved again"),
}
CHARTS = {"orders.order": Chart(ORDER_LIFECYCLE, {"release": mark("Release")})}
