"""The SOP's numbers for taking goods off sale. When stock is slow stands in the numbers of turnover."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

SOLD_OUT_FOR = span(
    "catalog.delist_sold_out", mark("Hours that goods are sold out before they are asked about"), 0, Unit.HOURS, 0, 720, "C20"
)
EXPIRES_WITHIN = span(
    "catalog.delist_expiring",
    mark("Days before its last lot expires that goods are taken off sale"),
    7,
    Unit.DAYS,
    0,
    365,
    "C20",
)
COMPLAINTS_LIMIT = count(
    "catalog.delist_complaints", mark("Quality complaints that take goods off sale"), 5, Unit.TIMES, 1, 1000, "C20"
)
COMPLAINTS_WINDOW = span(
    "catalog.delist_complaints_window", mark("Days in which quality complaints are counted"), 30, Unit.DAYS, 1, 365, "C20"
)
ASK_AGAIN_AFTER = span(
    "catalog.delist_ask_again", mark("Time until goods that stay on sale are asked about again"), 30, Unit.DAYS, 1, 365, "C20"
)

DELISTING: list[Parameter[Any]] = [SOLD_OUT_FOR, EXPIRES_WITHIN, COMPLAINTS_LIMIT, COMPLAINTS_WINDOW, ASK_AGAIN_AFTER]
