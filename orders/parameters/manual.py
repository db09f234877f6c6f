"""The SOP's numbers for orders that staff enter, for merging and splitting, and for invoices."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

PRICE_OFF = count(
    "orders.entered_price_off",
    mark("A price entered by hand needs a second person when it is off by more than"),
    10,
    Unit.PERCENT,
    0,
    100,
    "O1",
)
RESHIP_LIMIT = count(
    "orders.reship_limit", mark("Goods sent again that are worth more need a second person"), 500, Unit.YUAN, 0, 1_000_000, "O1"
)
PRICE_TIME = span("orders.entered_price_time", mark("Decide on prices entered by hand within"), 4, Unit.HOURS, 1, 72, "O1")
INVOICE_TIME = span("orders.invoice_time", mark("Issue invoices within"), 48, Unit.HOURS, 1, 240, "O7")
RED_LETTER_TIME = span("orders.red_letter_time", mark("Issue red-letter invoices within"), 72, Unit.HOURS, 1, 240, "O7")

MANUAL: list[Parameter[Any]] = [PRICE_OFF, RESHIP_LIMIT, PRICE_TIME, INVOICE_TIME, RED_LETTER_TIME]
