"""The numbers of the check of the books."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

REPAIR_TIME = span("invariants.repair_time", mark("Look into books that do not agree within"), 4, Unit.HOURS, 1, 72, "G13")
NAMED = count("invariants.named", mark("Rows that a broken invariant names at most"), 20, Unit.TIMES, 1, 200, "G13")

PARAMETERS: list[Parameter[Any]] = [REPAIR_TIME, NAMED]
