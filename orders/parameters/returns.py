"""The SOP's numbers for returns."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

SOLUTION_TIME = span("orders.return_solution_time", mark("Solution for a return within"), 48, Unit.HOURS, 1, 240, "S8")
FINISH_TIME = span("orders.return_finish_time", mark("Return finished within"), 48, Unit.HOURS, 1, 240, "O20")
NO_REASON_TIME = span("orders.no_reason_time", mark("Returns without a reason within"), 7, Unit.DAYS, 0, 60, "S8")
RETURN_LIMIT = count("orders.return_limit", mark("Customer service approves returns up to"), 500, Unit.YUAN, 0, 1_000_000, "S8")

RETURNS: list[Parameter[Any]] = [SOLUTION_TIME, FINISH_TIME, NO_REASON_TIME, RETURN_LIMIT]
