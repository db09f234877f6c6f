"""The SOP's numbers for products and stock."""

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

_STOCK: list[Parameter[Any]] = [ALERT_THRESHOLD, ALERT_HYSTERESIS, ALERT_RESPONSE, STOCK_JUMP, JUMP_CHECK_TIME]

TARGET_MARGIN = count("catalog.target_margin", mark("Target gross margin"), 20, Unit.PERCENT, 0, 99, "C10")
REVIEW_WITHIN = span("catalog.review_within", mark("Time to judge a listing, each stage"), 24, Unit.HOURS, 1, 720, "C13")
CORRECT_WITHIN = span("catalog.correct_within", mark("Time to correct a returned listing"), 24, Unit.HOURS, 1, 720, "C4")
PUBLISH_WITHIN = span("catalog.publish_within", mark("Time to publish an approved listing"), 24, Unit.HOURS, 1, 720, "C14")
CHECK_WITHIN = span("catalog.check_within", mark("Time to check a published listing"), 24, Unit.HOURS, 1, 168, "C15")
REPAIR_WITHIN = span(
    "catalog.repair_within", mark("Time to repair a listing that failed its check"), 2, Unit.HOURS, 1, 72, "C15"
)
_LISTINGS: list[Parameter[Any]] = [TARGET_MARGIN, REVIEW_WITHIN, CORRECT_WITHIN, PUBLISH_WITHIN, CHECK_WITHIN, REPAIR_WITHIN]

PARAMETERS: list[Parameter[Any]] = [*_STOCK, *_LISTINGS]
