"""The SOP's numbers for writing listings."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count

TITLE_LIKENESS = count(
    "catalog.title_likeness", mark("From how much alike two titles are remarked upon"), 85, Unit.PERCENT, 50, 100, "C13"
)

ENTRY: list[Parameter[Any]] = [TITLE_LIKENESS]
