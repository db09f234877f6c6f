"""Registers what the kernel has to know of orders."""

from opsdesk.common.text import mark
from opsdesk.duties import definitions as duties
from opsdesk.duties.definitions import Duty
from opsdesk.parameters import definitions as parameters
from orders.parameters import PARAMETERS
from orders.services.reservations import expire_reservations, fill_stock_holds


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    duties.register(
        [
            Duty(
                "orders.expire_reservations",
                "* * * * *",
                "O2",
                lambda slot, now: expire_reservations(now=now),
                mark("Give back what unpaid orders have reserved"),
            ),
            Duty(
                "orders.fill_stock_holds",
                "* * * * *",
                "O2",
                lambda slot, now: fill_stock_holds(now=now),
                mark("Reserve for orders that wait for stock"),
            ),
        ]
    )
