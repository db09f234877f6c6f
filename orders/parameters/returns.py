"""The SOP's numbers for returns."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

SOLUTION_TIME = span("orders.return_solution_time", mark("Solution for a return within"), 48, Unit.HOURS, 1, 240, "S8")
FINISH_TIME = span("orders.return_finish_time", mark("Return finished within"), 48, Unit.HOURS, 1, 240, "O20")
NO_REASON_TIME = span("orders.no_reason_time", mark("Returns without a reason within"), 7, Unit.DAYS, 0, 60, "S8")
RETURN_LIMIT = count("orders.return_limit", mark("Customer service approves returns up to"), 500, Unit.YUAN, 0, 1_000_000, "S8")

RETURN_RATE_LIMIT = count("orders.return_rate_limit", mark("Too many returns above"), 5, Unit.PERCENT, 1, 100, "O22")
RETURN_RATE_PIECES = count(
    "orders.return_rate_pieces", mark("A return rate counts from so many pieces on"), 20, Unit.PIECES, 1, 10_000, "O22"
)
RETURN_RATE_PERIOD = span("orders.return_rate_period", mark("Return rates look back over"), 30, Unit.DAYS, 7, 365, "O22")
IMPROVE_TIME = span("orders.improve_time", mark("Time to decide on a measure against returns"), 3, Unit.DAYS, 1, 30, "O22")
IMPROVE_WATCH = span("orders.improve_watch", mark("A measure is judged by the returns of"), 30, Unit.DAYS, 7, 180, "O22")
IMPROVE_PIECES = count(
    "orders.improve_pieces", mark("A measure is judged from so many shipped pieces on"), 20, Unit.PIECES, 1, 10_000, "O22"
)

RETURNS: list[Parameter[Any]] = [
    SOLUTION_TIME,
    FINISH_TIME,
    NO_REASON_TIME,
    RETURN_LIMIT,
    RETURN_RATE_LIMIT,
    RETURN_RATE_PIECES,
    RETURN_RATE_PERIOD,
    IMPROVE_TIME,
    IMPROVE_WATCH,
    IMPROVE_PIECES,
]
