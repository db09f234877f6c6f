"""The SOP's numbers for refunds and settlement."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

REFUND_LIMIT = count("orders.refund_limit", mark("Refunds above this need a second person"), 500, Unit.YUAN, 0, 1_000_000, "S8")
REFUND_TIME = span("orders.refund_time", mark("Pay refunds within"), 24, Unit.HOURS, 1, 240, "O20")

FINANCE: list[Parameter[Any]] = [REFUND_LIMIT, REFUND_TIME]
