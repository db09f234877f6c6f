"""The SOP's numbers for stocktakes and turnover."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

COUNT_SIZE = count("catalog.count_size", mark("SKUs of a periodic stocktake"), 30, Unit.PIECES, 1, 500, "C22")
COUNT_WITHIN = span("catalog.count_within", mark("Time to count a stocktake"), 48, Unit.HOURS, 1, 720, "C22")
POST_WITHIN = span("catalog.post_count_within", mark("Time to check and post a stocktake"), 24, Unit.HOURS, 1, 720, "C22")
SLOW_WITHOUT_SALE = span(
    "catalog.slow_without_sale", mark("Time without a sale that makes stock slow"), 60, Unit.DAYS, 1, 730, "C23"
)
SLOW_COVER = span("catalog.slow_cover", mark("Days of cover that make stock slow"), 180, Unit.DAYS, 1, 1460, "C23")
SLOW_RETURN_AFTER = span(
    "catalog.slow_return_after", mark("Age at which slow stock is offered back to its supplier"), 120, Unit.DAYS, 1, 1460, "C23"
)
SLOW_DELIST_AFTER = span(
    "catalog.slow_delist_after", mark("Age at which slow stock is taken off sale"), 240, Unit.DAYS, 1, 1460, "C23"
)
SLOW_DECIDE_WITHIN = span("catalog.slow_decide_within", mark("Time to decide on slow stock"), 72, Unit.HOURS, 1, 720, "C23")
SALES_WINDOW = span("catalog.sales_window", mark("Days of sales that daily sales are taken from"), 90, Unit.DAYS, 7, 365, "C23")

COUNTING: list[Parameter[Any]] = [
    COUNT_SIZE,
    COUNT_WITHIN,
    POST_WITHIN,
    SLOW_WITHOUT_SALE,
    SLOW_COVER,
    SLOW_RETURN_AFTER,
    SLOW_DELIST_AFTER,
    SLOW_DECIDE_WITHIN,
    SALES_WINDOW,
]
