"""The SOP's numbers for problems, the archive and reports."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

PROBLEM_WINDOW = span("support.problem_window", mark("Problems are measured over"), 7, Unit.DAYS, 1, 60, "S12")
PROBLEM_TICKETS = count(
    "support.problem_tickets", mark("A problem is frequent from so many tickets in these days"), 5, Unit.TIMES, 1, 1000, "S12"
)
PROBLEM_DROP = count("support.problem_drop", mark("A measure helps when the rate falls by"), 30, Unit.PERCENT, 1, 100, "S12")
PROBLEM_TIME = span(
    "support.problem_time", mark("A measure against a problem is decided on within"), 3, Unit.DAYS, 1, 30, "S12"
)
VITAL_SHARE = count("support.vital_share", mark("The vital few problems make up"), 80, Unit.PERCENT, 50, 95, "S12")
CONCLUDE_TIME = span("support.report_conclude", mark("A service report has its conclusions within"), 3, Unit.DAYS, 1, 30, "S21")
NOTABLE_CHANGE = count("support.report_notable", mark("A change is notable from"), 20, Unit.PERCENT, 5, 100, "S21")

VOICE: list[Parameter[Any]] = [
    PROBLEM_WINDOW,
    PROBLEM_TICKETS,
    PROBLEM_DROP,
    PROBLEM_TIME,
    VITAL_SHARE,
    CONCLUDE_TIME,
    NOTABLE_CHANGE,
]
