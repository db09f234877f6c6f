"""The SOP's numbers for the files of selling platforms."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

PROBLEM_TIME = span(
    "orders.platform_problem_time", mark("Settle problems of platforms' files within"), 4, Unit.HOURS, 1, 72, "O2"
)

PLATFORMS: list[Parameter[Any]] = [PROBLEM_TIME]
