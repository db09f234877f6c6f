"""The SOP's numbers for what happens after publication."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span, switch

FIRST_PROBE = span("catalog.first_probe", mark("Time from publishing to the first probe"), 10, Unit.MINUTES, 0, 1440, "C15")
PROBE_RETRY = span("catalog.probe_retry", mark("Time between two probes"), 30, Unit.MINUTES, 1, 1440, "C15")
PROBE_TIMEOUT = span("catalog.probe_timeout", mark("Longest time to read a page"), 10, Unit.SECONDS, 1, 30, "C15")
PERSON_CONFIRMS = switch(
    "catalog.person_confirms_probe", mark("A person confirms a probe that found nothing"), default=False, sop="C15"
)
STOREFRONT_REPAIR = span(
    "catalog.storefront_repair", mark("Time to make a storefront readable again"), 4, Unit.HOURS, 1, 72, "C15"
)
ERROR_LIMIT = count("catalog.error_limit", mark("Highest information error rate"), 1, Unit.PERMILLE, 1, 1000, "C17")
AUDIT_SIZE = count("catalog.audit_size", mark("Listings in the weekly sample"), 20, Unit.TIMES, 1, 1000, "C17")
AUDIT_WITHIN = span("catalog.audit_within", mark("Time to finish a sample audit"), 5, Unit.DAYS, 1, 60, "C17")
ERROR_PERIOD = span("catalog.error_period", mark("Period of the error rate"), 90, Unit.DAYS, 7, 730, "C17")
CORRECT_ERROR = span("catalog.correct_error", mark("Time to correct an error of a live listing"), 24, Unit.HOURS, 1, 720, "C17")
ACCURACY_EVERY = span("catalog.accuracy_every", mark("Time between two accuracy probes"), 7, Unit.DAYS, 1, 365, "C18")
ACCURACY_BATCH = count("catalog.accuracy_batch", mark("Listings probed at a time"), 10, Unit.TIMES, 1, 25, "C18")
REVIEW_BATCH = count("catalog.review_batch", mark("Listings a person reviews each week"), 10, Unit.TIMES, 0, 500, "C18")
REVIEW_ACCURACY = span("catalog.review_accuracy", mark("Time for a periodic review"), 5, Unit.DAYS, 1, 60, "C18")
SETTLE_DIFFERENCE = span(
    "catalog.settle_difference", mark("Time to settle a difference with the shop"), 8, Unit.HOURS, 1, 168, "C18"
)
FEEDBACK_WINDOW = span(
    "catalog.feedback_window", mark("Period of feedback that suggestions go by"), 30, Unit.DAYS, 7, 365, "C19"
)
REASON_COUNT = count("catalog.reason_count", mark("Fewest cases of one reason"), 3, Unit.TIMES, 1, 1000, "C19")
REASON_SHARE = count("catalog.reason_share", mark("Share of one reason among the returns"), 40, Unit.PERCENT, 1, 100, "C19")
LOW_STARS = count("catalog.low_stars", mark("Stars that count as a low rating, at most"), 2, Unit.TIMES, 1, 4, "C19")
SALES_DROP = count("catalog.sales_drop", mark("Drop of sales"), 40, Unit.PERCENT, 5, 100, "C19")
SALES_FLOOR = count("catalog.sales_floor", mark("Fewest pieces sold in the period before"), 20, Unit.PIECES, 1, 100_000, "C19")
DECIDE_SUGGESTION = span("catalog.decide_suggestion", mark("Time to decide on a suggestion"), 3, Unit.DAYS, 1, 60, "C19")
MEASURE_WINDOW = span("catalog.measure_window", mark("Days measured before and after a change"), 14, Unit.DAYS, 3, 180, "C19")
EFFECT_MARGIN = count("catalog.effect_margin", mark("Change that counts as an effect"), 10, Unit.PERCENT, 1, 100, "C19")
ANSWER_COMPLAINT = span("catalog.answer_complaint", mark("Time to answer a quality complaint"), 24, Unit.HOURS, 1, 240, "C27")
ANSWER_URGENT = span("catalog.answer_urgent", mark("Time to answer a dangerous one"), 4, Unit.HOURS, 1, 72, "C27")
PASS_ON_ANSWER = span("catalog.pass_on_answer", mark("Time to tell the customer the answer"), 8, Unit.HOURS, 1, 72, "C27")
STOCK_CHECK = span("catalog.stock_check", mark("Time to check the stock of faulty goods"), 24, Unit.HOURS, 1, 240, "C27")

QUALITY: list[Parameter[Any]] = [
    FIRST_PROBE,
    PROBE_RETRY,
    PROBE_TIMEOUT,
    PERSON_CONFIRMS,
    STOREFRONT_REPAIR,
    ERROR_LIMIT,
    AUDIT_SIZE,
    AUDIT_WITHIN,
    ERROR_PERIOD,
    CORRECT_ERROR,
    ACCURACY_EVERY,
    ACCURACY_BATCH,
    REVIEW_BATCH,
    REVIEW_ACCURACY,
    SETTLE_DIFFERENCE,
    FEEDBACK_WINDOW,
    REASON_COUNT,
    REASON_SHARE,
    LOW_STARS,
    SALES_DROP,
    SALES_FLOOR,
    DECIDE_SUGGESTION,
    MEASURE_WINDOW,
    EFFECT_MARGIN,
    ANSWER_COMPLAINT,
    ANSWER_URGENT,
    PASS_ON_ANSWER,
    STOCK_CHECK,
]
