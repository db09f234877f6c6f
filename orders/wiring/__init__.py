"""Registers what the kernel has to know of orders."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.audit import labels
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties import definitions as duties
from opsdesk.duties.definitions import Duty
from opsdesk.handbook import charts
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.parameters import definitions as parameters
from orders.parameters import PARAMETERS
from orders.rules.followup import (
    CASE_LIFECYCLE,
    CONTACT_LIFECYCLE,
    PICK_LIST_LIFECYCLE,
    SETTLEMENT_LIFECYCLE,
    SHIPMENT_LIFECYCLE,
)
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.rules.rounds import CHECK_ROUND_LIFECYCLE
from orders.services import auto_confirm, carrier_cases, contact, contact_tasks, overdue, picking, reservations, rounds
from orders.wiring.audit_labels import LABELS


def _order_page(order_id: str) -> str:
    return reverse("admin:orders_order_change", args=[order_id])


def _round_page(round_id: str) -> str:
    return reverse("admin:orders_checkround_change", args=[round_id])


KINDS = [
    Kind(
        rounds.SIGN_ROUND, mark("Check rounds to sign"), mark("Check round %(slot)s"), Role.CUSTOMER_SERVICE, _round_page, "O3"
    ),
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
]

DUTIES = [
    Duty(
        "orders.run_check_round",
        "0 9,14,18 * * *",
        "O3",
        lambda slot, now: rounds.open_rounds(slot=slot, actor=SYSTEM, now=now),
        mark("Open the check rounds"),
        every_slot=True,
    ),
    Duty(
        "orders.mark_late_rounds",
        "* * * * *",
        "O3",
        lambda slot, now: rounds.turn_late(actor=SYSTEM, now=now),
        mark("Mark late check rounds"),
    ),
    Duty(
        "orders.auto_confirm",
        "* * * * *",
        "O3",
        lambda slot, now: auto_confirm.confirm_clean_orders(actor=SYSTEM, now=now),
        mark("Release clean orders of shops with auto-confirm"),
    ),
    Duty(
        "orders.report_overdue",
        "*/10 * * * *",
        "O17",
        lambda slot, now: overdue.report_overdue(now=now),
        mark("Report overdue orders"),
    ),
]

FULFILMENT_KINDS = (
    Kind(
        picking.WORK,
        mark("Pick lists"),
        mark("Pick list %(wave)s: %(orders)s orders to pick"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_picklist_change", args=[key]),
        "O9",
    ),
    Kind(
        carrier_cases.WORK,
        mark("Carrier cases"),
        mark("Parcel %(tracking_no)s: talk to the carrier"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_carriercase_change", args=[key]),
        "O14",
    ),
    Kind(
        contact_tasks.WORK,
        mark("Receipts to confirm"),
        mark("Order %(number)s: ask the customer whether it has arrived"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_contacttask_change", args=[key]),
        "O16",
    ),
)
FULFILMENT_DUTIES = (
    Duty(
        "orders.scan_stalled_shipments",
        "5 * * * *",
        "O14",
        lambda slot, now: carrier_cases.open_for_stalled(actor=SYSTEM, now=now),
        mark("Notice parcels without news"),
    ),
    Duty(
        "orders.scan_unconfirmed",
        "20 * * * *",
        "O16",
        lambda slot, now: contact_tasks.open_for_unconfirmed(actor=SYSTEM, now=now),
        mark("Have unconfirmed customers contacted"),
    ),
)

STOCK_DUTIES = (
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

ROUND_STEPS = {
    "open": mark("Open the check rounds"),
    "turn_late": mark("Mark late check rounds"),
    "decide": mark("Decision"),
    "sign": mark("Sign the round"),
    "miss": mark("The next round opens"),
}


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    labels.register(LABELS)
    kinds.register(KINDS)
    duties.register(DUTIES)
    kinds.register(FULFILMENT_KINDS)
    duties.register(FULFILMENT_DUTIES)
    duties.register(STOCK_DUTIES)
    charts.register("orders.order", ORDER_LIFECYCLE, labels={"release": mark("Release")})
    charts.register("orders.check_round", CHECK_ROUND_LIFECYCLE, labels=ROUND_STEPS, system=("open", "turn_late", "miss"))
    charts.register("orders.shipment", SHIPMENT_LIFECYCLE)
    charts.register("orders.pick_list", PICK_LIST_LIFECYCLE)
    charts.register("orders.carrier_case", CASE_LIFECYCLE)
    charts.register("orders.contact_task", CONTACT_LIFECYCLE)
    charts.register("orders.settlement", SETTLEMENT_LIFECYCLE)
