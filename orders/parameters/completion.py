"""The SOP's numbers for receipt and contact."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

CONFIRM_TIME = span("orders.confirm_time", mark("Customers confirm receipt within"), 7, Unit.DAYS, 1, 60, "O16")
TRANSIT_ALLOWANCE = span("orders.transit_allowance", mark("Delivery is assumed after"), 3, Unit.DAYS, 0, 60, "O16")
UNCONFIRMED_TIME = span(
    "orders.unconfirmed_time", mark("Time to contact an unconfirmed customer"), 24, Unit.HOURS, 1, 240, "O16"
)
CONTACT_REPEAT = span("orders.contact_repeat", mark("Ask an unreached customer again after"), 3, Unit.DAYS, 1, 30, "O16")
CONTACT_ATTEMPTS = count(
    "orders.contact_attempts", mark("Attempts before the supervisor takes over"), 3, Unit.TIMES, 1, 20, "O16"
)

COMPLETION: list[Parameter[Any]] = [CONFIRM_TIME, TRANSIT_ALLOWANCE, UNCONFIRMED_TIME, CONTACT_REPEAT, CONTACT_ATTEMPTS]
