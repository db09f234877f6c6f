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
CONTACT_TRIES = count("orders.contact_tries", mark("Attempts to contact before the supervisor"), 3, Unit.TIMES, 1, 20, "O5")
REPEAT_WINDOW = span("orders.repeat_window", mark("Orders are many within"), 60, Unit.MINUTES, 1, 1440, "O5")
REPEAT_PHONE = count("orders.repeat_phone", mark("Orders of one phone that are not yet many"), 5, Unit.TIMES, 1, 50, "O5")
REPEAT_ADDRESS = count(
    "orders.repeat_address", mark("Orders to one address that are not yet many"), 10, Unit.TIMES, 1, 50, "O5"
)
DUPLICATE_WINDOW = span(
    "orders.duplicate_window", mark("The same content again is doubtful within"), 2, Unit.HOURS, 1, 72, "O5"
)
ODD_PRICE = count(
    "orders.odd_price", mark("A price is odd when it is off the listing by more than"), 50, Unit.PERCENT, 1, 100, "O4"
)
USUAL_FACTOR = count(
    "orders.usual_factor", mark("An amount is unusual above, of the buyer's average"), 500, Unit.PERCENT, 100, 10000, "O5"
)
USUAL_ORDERS = count("orders.usual_orders", mark("Earlier orders that make an average"), 3, Unit.TIMES, 1, 50, "O5")
AT_RISK = span("orders.at_risk", mark("An order is at risk when it is due within"), 4, Unit.HOURS, 1, 72, "O17")

INTAKE: list[Parameter[Any]] = [
    PROCESSING_TIME,
    UNPAID_RESERVATION,
    PLACED_AHEAD,
    PLACED_BACK,
    MAX_LINES,
    CONTACT_TIME,
    OVERDUE_TIME,
    CONTACT_TRIES,
    REPEAT_WINDOW,
    REPEAT_PHONE,
    REPEAT_ADDRESS,
    DUPLICATE_WINDOW,
    ODD_PRICE,
    USUAL_FACTOR,
    USUAL_ORDERS,
    AT_RISK,
]
