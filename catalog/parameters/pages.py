"""The SOP's numbers for store pages."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

PAGE_REVIEW_WITHIN = span("catalog.page_review_within", mark("Time to judge a store page"), 24, Unit.HOURS, 1, 720, "C25")
PAGE_CORRECT_WITHIN = span(
    "catalog.page_correct_within", mark("Time to correct a returned page"), 24, Unit.HOURS, 1, 720, "C25"
)
PAGE_LOOK_EVERY = span(
    "catalog.page_look_every", mark("Time between two designer reviews of a page"), 30, Unit.DAYS, 1, 365, "C25"
)
PAGE_LOOK_WITHIN = span(
    "catalog.page_look_within", mark("Time for the designer review of a page"), 72, Unit.HOURS, 1, 720, "C25"
)
PAGE_FINDING_WITHIN = span(
    "catalog.page_finding_within", mark("Time to put right what a page review found"), 5, Unit.DAYS, 1, 90, "C25"
)
PAGE_SIZE = count("catalog.page_size", mark("Largest size of a page with its images"), 3000, Unit.KILOBYTES, 10, 100_000, "C25")
PAGE_REQUESTS = count("catalog.page_requests", mark("Most requests that a page may need"), 60, Unit.TIMES, 1, 1000, "C25")
PAGE_SECONDS = span("catalog.page_seconds", mark("Longest time to load a page"), 3, Unit.SECONDS, 1, 60, "C25")

PAGES: list[Parameter[Any]] = [
    PAGE_REVIEW_WITHIN,
    PAGE_CORRECT_WITHIN,
    PAGE_LOOK_EVERY,
    PAGE_LOOK_WITHIN,
    PAGE_FINDING_WITHIN,
    PAGE_SIZE,
    PAGE_REQUESTS,
    PAGE_SECONDS,
]
