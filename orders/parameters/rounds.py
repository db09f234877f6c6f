"""The SOP's numbers for the check rounds."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

ROUND_TIME = span("orders.round_time", mark("A check round is signed within"), 30, Unit.MINUTES, 5, 240, "O3")
ROUND_GRACE = span("orders.round_grace", mark("A check round opened later than this is late"), 2, Unit.MINUTES, 1, 30, "O3")

ROUNDS: list[Parameter[Any]] = [ROUND_TIME, ROUND_GRACE]
