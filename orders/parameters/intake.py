"""The SOP's numbers for taking orders in and handling them in time."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

PROCESSING_TIME = span("orders.processing_time", mark("Time to hand an order over"), 24, Unit.HOURS, 1, 240, "O17")
UNPAID_RESERVATION = span("orders.unpaid_reservation", mark("Stock is kept for an unpaid order"), 24, Unit.HOURS, 1, 240, "O2")
PLACED_AHEAD = span("orders.placed_ahead", mark("An order may lie in the future by"), 5, Unit.MINUTES, 0, 60, "O2")
PLACED_BACK = span("orders.placed_back", mark("An order may lie in the past by"), 90, Unit.DAYS, 1, 730, "O2")
MAX_LINES = count("orders.max_lines", mark("Lines of one order"), 200, Unit.TIMES, 1, 200, "O2")
CONTACT_TIME = span("orders.contact_time", mark("Contact the customer of a held order within"), 4, Unit.HOURS, 1, 72, "O5")
OVERDUE_TIME = span("orders.overdue_time", mark("Deal with an overdue order within"), 2, Unit.HOURS, 1, 48, "O17")

INTAKE: list[Parameter[Any]] = [
    PROCESSING_TIME,
    UNPAID_RESERVATION,
    PLACED_AHEAD,
    PLACED_BACK,
    MAX_LINES,
    CONTACT_TIME,
    OVERDUE_TIME,
]
