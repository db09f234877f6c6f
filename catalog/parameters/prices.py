"""The SOP's numbers for prices."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

LARGE_CHANGE = count(
    "catalog.large_price_change", mark("Change of a price that is shown as large"), 20, Unit.PERCENT, 1, 100, "C10"
)
PRICE_REVIEW_WITHIN = span("catalog.price_review_within", mark("Time to judge a price change"), 24, Unit.HOURS, 1, 720, "C10")

PRICES: list[Parameter[Any]] = [LARGE_CHANGE, PRICE_REVIEW_WITHIN]
