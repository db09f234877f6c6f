"""The SOP's numbers for the files of selling platforms."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

PROBLEM_TIME = span(
    "orders.platform_problem_time", mark("Settle problems of platforms' files within"), 4, Unit.HOURS, 1, 72, "O2"
)

EXPORT_BACK = span("orders.export_back", mark("Batch-ship tables look back"), 14, Unit.DAYS, 1, 90, "O12")

PLATFORMS: list[Parameter[Any]] = [PROBLEM_TIME, EXPORT_BACK]
