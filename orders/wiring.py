"""Registers what the kernel has to know of orders."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties import definitions as duties
from opsdesk.duties.definitions import Duty
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.parameters import definitions as parameters
from orders.parameters import PARAMETERS
from orders.services import auto_confirm, contact, overdue, rounds


def _order_page(order_id: str) -> str:
    return reverse("admin:orders_order_change", args=[order_id])


def _round_page(round_id: str) -> str:
    return reverse("admin:orders_checkround_change", args=[round_id])


KINDS = [
    Kind(rounds.SIGN_ROUND, mark("Check round %(slot)s"), Role.CUSTOMER_SERVICE, _round_page, "O3"),
    Kind(contact.CONTACT_CUSTOMER, mark("Contact the customer of order %(number)s"), Role.CUSTOMER_SERVICE, _order_page, "O5"),
    Kind(overdue.OVERDUE, mark("Order %(number)s is overdue"), Role.CUSTOMER_SERVICE, _order_page, "O17"),
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


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    kinds.register(KINDS)
    duties.register(DUTIES)
