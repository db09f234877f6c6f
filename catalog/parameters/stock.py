"""The SOP's numbers for stock."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

ALERT_THRESHOLD = count("catalog.alert_threshold", mark("Stock alert threshold"), 10, Unit.PIECES, 0, 100_000, "C12")
ALERT_HYSTERESIS = count(
    "catalog.alert_hysteresis", mark("Pieces above the threshold that end a stock alert"), 2, Unit.PIECES, 0, 100_000, "C12"
)
ALERT_RESPONSE = span("catalog.alert_response", mark("Time to order what is short"), 24, Unit.HOURS, 1, 240, "C12")
STOCK_JUMP = count(
    "catalog.stock_jump", mark("Pieces by which a warehouse's figure may jump"), 1000, Unit.PIECES, 0, 1_000_000, "C11"
)
JUMP_CHECK_TIME = span("catalog.jump_check_time", mark("Time to look at a jump of stock"), 24, Unit.HOURS, 1, 240, "C11")

STOCK: list[Parameter[Any]] = [ALERT_THRESHOLD, ALERT_HYSTERESIS, ALERT_RESPONSE, STOCK_JUMP, JUMP_CHECK_TIME]
