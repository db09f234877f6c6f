"""The SOP's numbers for purchasing, goods receipt, transfers and write-offs."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

COVER_TIME = span("catalog.cover_time", mark("Sales that a replenishment covers"), 30, Unit.DAYS, 1, 365, "C12")
SALES_WINDOW = span("catalog.sales_window", mark("Past days that tell daily sales"), 30, Unit.DAYS, 1, 365, "C12")
PURCHASE_LIMIT = count(
    "catalog.purchase_limit", mark("Purchase order that one person may send"), 20_000, Unit.YUAN, 0, 10_000_000, "C12"
)
APPROVE_WITHIN = span(
    "catalog.approve_within", mark("Time to approve a purchase or a write-off"), 24, Unit.HOURS, 1, 240, "C22"
)
CHASE_WITHIN = span("catalog.chase_within", mark("Time to call a supplier who is late"), 24, Unit.HOURS, 1, 240, "C12")
SETTLE_WITHIN = span("catalog.settle_within", mark("Time to settle differences of a delivery"), 72, Unit.HOURS, 1, 720, "C12")
TRANSFER_TIME = span("catalog.transfer_time", mark("Time a transfer may take, each way point"), 3, Unit.DAYS, 1, 60, "C11")
EXPIRY_WARNING = span(
    "catalog.expiry_warning", mark("Days before the use-by day that call for a decision"), 60, Unit.DAYS, 1, 730, "C20"
)
EXPIRY_RESPONSE = span("catalog.expiry_response", mark("Time to act on goods that expire"), 24, Unit.HOURS, 1, 240, "C20")
ADJUSTMENT_PIECES = count(
    "catalog.adjustment_pieces", mark("Pieces that one person may write off a day"), 50, Unit.PIECES, 0, 100_000, "C22"
)
ADJUSTMENT_AMOUNT = count(
    "catalog.adjustment_amount", mark("Value that one person may write off a day"), 5_000, Unit.YUAN, 0, 10_000_000, "C22"
)

INBOUND: list[Parameter[Any]] = [
    COVER_TIME,
    SALES_WINDOW,
    PURCHASE_LIMIT,
    APPROVE_WITHIN,
    CHASE_WITHIN,
    SETTLE_WITHIN,
    TRANSFER_TIME,
    EXPIRY_WARNING,
    EXPIRY_RESPONSE,
    ADJUSTMENT_PIECES,
    ADJUSTMENT_AMOUNT,
]
