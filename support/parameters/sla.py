"""The SOP's numbers for service levels."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span, switch

LIVE_RESPONSE = span("support.live_response", mark("First answer in chat and phone within"), 10, Unit.SECONDS, 1, 600, "S3")
ACK_ELSEWHERE = switch(
    "support.ack_elsewhere", mark("Measure the acknowledgement in the other channels as well"), default=False, sop="S3"
)
RESPONSE_TIME = span("support.response_time", mark("Answer within"), 30, Unit.MINUTES, 1, 1440, "S4a")
HOLIDAY_RESPONSE_TIME = span(
    "support.holiday_response_time", mark("Answer on public holidays within"), 1, Unit.HOURS, 1, 72, "S4b"
)
SOLUTION_TIME = span("support.solution_time", mark("Solution after the sale within"), 48, Unit.HOURS, 1, 240, "S8")
WORK_AT = count("support.sla_work_at", mark("Raise work for a clock at"), 50, Unit.PERCENT, 1, 79, "S4a")
WARN_AT = count("support.sla_warn_at", mark("Warn the desk of a clock at"), 80, Unit.PERCENT, 80, 99, "S4a")
MANAGER_AT = count("support.sla_manager_at", mark("Tell the manager of a clock at"), 150, Unit.PERCENT, 101, 1000, "S4a")
SHIFT_FIRST = span("support.shift_first", mark("The shift begins at (hour of the day)"), 9, Unit.HOURS, 0, 12, "S4a")
SHIFT_LAST = span("support.shift_last", mark("The shift ends at (hour of the day)"), 21, Unit.HOURS, 13, 24, "S4a")
PROMISE_NEXT = span("support.promise_next", mark("Next promise after a broken one within"), 4, Unit.HOURS, 1, 72, "S9")
GROUNDS_TIME = span("support.grounds_time", mark("Root cause and prevention written within"), 3, Unit.DAYS, 1, 30, "S9")
HANDLING_TIME = span("support.handling_time", mark("An agent needs for one contact"), 8, Unit.MINUTES, 1, 120, "S20")
OCCUPANCY = count("support.occupancy", mark("Share of the hour that an agent talks"), 80, Unit.PERCENT, 10, 100, "S20")
GROWTH = count("support.growth", mark("More contacts than last year by"), 0, Unit.PERCENT, 0, 500, "S20")
STAFFING_AHEAD = span("support.staffing_ahead", mark("Holiday staffing planned ahead by"), 14, Unit.DAYS, 1, 60, "S20")

SLA: list[Parameter[Any]] = [
    LIVE_RESPONSE,
    ACK_ELSEWHERE,
    RESPONSE_TIME,
    HOLIDAY_RESPONSE_TIME,
    SOLUTION_TIME,
    WORK_AT,
    WARN_AT,
    MANAGER_AT,
    SHIFT_FIRST,
    SHIFT_LAST,
    PROMISE_NEXT,
    GROUNDS_TIME,
    HANDLING_TIME,
    OCCUPANCY,
    GROWTH,
    STAFFING_AHEAD,
]
