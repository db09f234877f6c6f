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
from orders.services import carrier_cases, contact_tasks, picking

FULFILMENT_KINDS = (
    Kind(
        picking.WORK,
        mark("Pick list %(wave)s: %(orders)s orders to pick"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_picklist_change", args=[key]),
        "O9",
    ),
    Kind(
        carrier_cases.WORK,
        mark("Parcel %(tracking_no)s: talk to the carrier"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_carriercase_change", args=[key]),
        "O14",
    ),
    Kind(
        contact_tasks.WORK,
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


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    kinds.register(FULFILMENT_KINDS)
    duties.register(FULFILMENT_DUTIES)
