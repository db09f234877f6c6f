"""The SOP's numbers for tickets."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

REOPEN_TIME = span("support.reopen_time", mark("A message reopens a resolved ticket within"), 7, Unit.DAYS, 1, 60, "S10")

TICKETS: list[Parameter[Any]] = [REOPEN_TIME]
