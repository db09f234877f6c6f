"""The SOP's numbers for products and listings."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

TARGET_MARGIN = count("catalog.target_margin", mark("Target gross margin"), 20, Unit.PERCENT, 0, 99, "C10")
REVIEW_WITHIN = span("catalog.review_within", mark("Time to judge a listing, each stage"), 24, Unit.HOURS, 1, 720, "C13")
CORRECT_WITHIN = span("catalog.correct_within", mark("Time to correct a returned listing"), 24, Unit.HOURS, 1, 720, "C4")
PUBLISH_WITHIN = span("catalog.publish_within", mark("Time to publish an approved listing"), 24, Unit.HOURS, 1, 720, "C14")
CHECK_WITHIN = span("catalog.check_within", mark("Time to check a published listing"), 24, Unit.HOURS, 1, 168, "C15")
REPAIR_WITHIN = span(
    "catalog.repair_within", mark("Time to repair a listing that failed its check"), 2, Unit.HOURS, 1, 72, "C15"
)
DELIST_WITHIN = span("catalog.delist_within", mark("Time to decide on a listing that sold out"), 24, Unit.HOURS, 1, 720, "C20")

LISTINGS: list[Parameter[Any]] = [
    TARGET_MARGIN,
    REVIEW_WITHIN,
    CORRECT_WITHIN,
    PUBLISH_WITHIN,
    CHECK_WITHIN,
    REPAIR_WITHIN,
    DELIST_WITHIN,
]
