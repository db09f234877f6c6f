"""The SOP's numbers for refunds and settlement."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

REFUND_LIMIT = count("orders.refund_limit", mark("Refunds above this need a second person"), 500, Unit.YUAN, 0, 1_000_000, "S8")
REFUND_TIME = span("orders.refund_time", mark("Pay refunds within"), 24, Unit.HOURS, 1, 240, "O20")
CHECK_TIME = span("orders.settlement_check_time", mark("Check settlements within"), 5, Unit.DAYS, 1, 60, "O15")
CLOSE_TIME = span("orders.settlement_close_time", mark("Close checked settlements within"), 3, Unit.DAYS, 1, 60, "O15")
DIFFERENCE_TIME = span(
    "orders.difference_time", mark("Resolve differences from the platform's statement within"), 3, Unit.DAYS, 1, 60, "O15"
)

FINANCE: list[Parameter[Any]] = [REFUND_LIMIT, REFUND_TIME, CHECK_TIME, CLOSE_TIME, DIFFERENCE_TIME]
