"""The SOP's numbers for orders."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

PROCESSING_TIME = span("orders.processing_time", mark("Time to hand an order over"), 24, Unit.HOURS, 1, 240, "O17")
UNPAID_RESERVATION = span("orders.unpaid_reservation", mark("Stock is kept for an unpaid order"), 24, Unit.HOURS, 1, 240, "O2")
PLACED_AHEAD = span("orders.placed_ahead", mark("An order may lie in the future by"), 5, Unit.MINUTES, 0, 60, "O2")
PLACED_BACK = span("orders.placed_back", mark("An order may lie in the past by"), 90, Unit.DAYS, 1, 730, "O2")
MAX_LINES = count("orders.max_lines", mark("Lines of one order"), 200, Unit.TIMES, 1, 200, "O2")
ROUND_TIME = span("orders.round_time", mark("A check round is signed within"), 30, Unit.MINUTES, 5, 240, "O3")
ROUND_GRACE = span("orders.round_grace", mark("A check round opened later than this is late"), 2, Unit.MINUTES, 1, 30, "O3")
CONTACT_TIME = span("orders.contact_time", mark("Contact the customer of a held order within"), 4, Unit.HOURS, 1, 72, "O5")
OVERDUE_TIME = span("orders.overdue_time", mark("Deal with an overdue order within"), 2, Unit.HOURS, 1, 48, "O17")

CHECKING: list[Parameter[Any]] = [ROUND_TIME, ROUND_GRACE, CONTACT_TIME, OVERDUE_TIME]

CARRIER_SILENCE = span("orders.carrier_silence", mark("A parcel without news stalls after"), 48, Unit.HOURS, 1, 720, "O14")
CASE_TIME = span("orders.case_time", mark("Time to settle a carrier case"), 24, Unit.HOURS, 1, 240, "O14")
TRACKING_AHEAD = span(
    "orders.tracking_ahead", mark("A carrier's report may lie in the future by"), 5, Unit.MINUTES, 0, 60, "O14"
)
CONFIRM_TIME = span("orders.confirm_time", mark("Customers confirm receipt within"), 7, Unit.DAYS, 1, 60, "O16")
TRANSIT_ALLOWANCE = span("orders.transit_allowance", mark("Delivery is assumed after"), 3, Unit.DAYS, 0, 60, "O16")
UNCONFIRMED_TIME = span(
    "orders.unconfirmed_time", mark("Time to contact an unconfirmed customer"), 24, Unit.HOURS, 1, 240, "O16"
)
CONTACT_REPEAT = span("orders.contact_repeat", mark("Ask an unreached customer again after"), 3, Unit.DAYS, 1, 30, "O16")
CONTACT_ATTEMPTS = count(
    "orders.contact_attempts", mark("Attempts before the supervisor takes over"), 3, Unit.TIMES, 1, 20, "O16"
)

FULFILMENT: list[Parameter[Any]] = [
    CARRIER_SILENCE,
    CASE_TIME,
    TRACKING_AHEAD,
    CONFIRM_TIME,
    TRANSIT_ALLOWANCE,
    UNCONFIRMED_TIME,
    CONTACT_REPEAT,
    CONTACT_ATTEMPTS,
]
INTAKE: list[Parameter[Any]] = [PROCESSING_TIME, UNPAID_RESERVATION, PLACED_AHEAD, PLACED_BACK, MAX_LINES]
PARAMETERS: list[Parameter[Any]] = [*INTAKE, *CHECKING, *FULFILMENT]
