"""The SOP's numbers for receipt and contact."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span, switch

CONFIRM_TIME = span("orders.confirm_time", mark("Customers confirm receipt within"), 7, Unit.DAYS, 1, 60, "O16")
TRANSIT_ALLOWANCE = span("orders.transit_allowance", mark("Delivery is assumed after"), 3, Unit.DAYS, 0, 60, "O16")
UNCONFIRMED_TIME = span(
    "orders.unconfirmed_time", mark("Time to contact an unconfirmed customer"), 24, Unit.HOURS, 1, 240, "O16"
)
CONTACT_REPEAT = span("orders.contact_repeat", mark("Ask an unreached customer again after"), 3, Unit.DAYS, 1, 30, "O16")
CONTACT_ATTEMPTS = count(
    "orders.contact_attempts", mark("Attempts before the supervisor takes over"), 3, Unit.TIMES, 1, 20, "O16"
)

CALL_BACK_LIMIT = span("orders.call_back_limit", mark("Call a customer back within at most"), 14, Unit.DAYS, 1, 60, "O16")
AUTO_COMPLETE = switch(
    "orders.auto_complete", mark("Complete delivered orders without a confirmation"), default=False, sop="O15"
)
AUTO_COMPLETE_TIME = span(
    "orders.auto_complete_time",
    mark("Complete without a confirmation after the time to confirm plus"),
    7,
    Unit.DAYS,
    1,
    90,
    "O15",
)
SATISFACTION_SHARE = count(
    "orders.satisfaction_share", mark("Completed orders whose customer is asked"), 10, Unit.PERCENT, 0, 100, "O19"
)
SATISFACTION_AFTER = span("orders.satisfaction_after", mark("Ask for satisfaction after"), 2, Unit.DAYS, 0, 60, "O19")
SATISFACTION_TIME = span("orders.satisfaction_time", mark("Time to ask a customer"), 48, Unit.HOURS, 1, 240, "O19")
SATISFACTION_ATTEMPTS = count(
    "orders.satisfaction_attempts", mark("Attempts to ask a customer at most"), 2, Unit.TIMES, 1, 10, "O19"
)
BAD_STARS = count("orders.bad_stars", mark("Stars that are followed up, at most"), 3, Unit.POINTS, 1, 4, "O19")
REMEDY_TIME = span("orders.remedy_time", mark("Put a bad answer right within"), 48, Unit.HOURS, 1, 240, "O19")
INVITE_AFTER = span("orders.invite_after", mark("Invite to a review after"), 3, Unit.DAYS, 0, 60, "O19")
INVITE_RETRY = span("orders.invite_retry", mark("Look again at a postponed invitation after"), 3, Unit.DAYS, 1, 30, "O19")
INVITE_LIMIT = span("orders.invite_limit", mark("Invite to a review not later than"), 30, Unit.DAYS, 1, 180, "O19")

COMPLETION: list[Parameter[Any]] = [
    CONFIRM_TIME,
    TRANSIT_ALLOWANCE,
    UNCONFIRMED_TIME,
    CONTACT_REPEAT,
    CONTACT_ATTEMPTS,
    CALL_BACK_LIMIT,
    AUTO_COMPLETE,
    AUTO_COMPLETE_TIME,
    SATISFACTION_SHARE,
    SATISFACTION_AFTER,
    SATISFACTION_TIME,
    SATISFACTION_ATTEMPTS,
    BAD_STARS,
    REMEDY_TIME,
    INVITE_AFTER,
    INVITE_RETRY,
    INVITE_LIMIT,
]
