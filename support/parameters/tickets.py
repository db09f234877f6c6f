"""The SOP's numbers for tickets."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

REOPEN_TIME = span("support.reopen_time", mark("A message reopens a resolved ticket within"), 7, Unit.DAYS, 1, 60, "S10")
TAKE_TIME = span("support.take_time", mark("A new ticket has an agent within"), 15, Unit.MINUTES, 1, 600, "S5")
TASK_TIME = span("support.task_time", mark("A department answers customer service within"), 4, Unit.HOURS, 1, 72, "S6")
CONFIRM_TIME = span(
    "support.confirm_time", mark("The customer is asked whether it is solved within"), 24, Unit.HOURS, 1, 168, "S10"
)
ARCHIVE_AFTER = span("support.archive_after", mark("Confirmed tickets are archived after"), 7, Unit.DAYS, 1, 365, "S13")

TICKETS: list[Parameter[Any]] = [REOPEN_TIME, TAKE_TIME, TASK_TIME, CONFIRM_TIME, ARCHIVE_AFTER]
