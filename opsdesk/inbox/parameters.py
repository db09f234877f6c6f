"""Numbers of the escalation ladder, in percent of the time between raising and due."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count

REMIND_AT = count("inbox.remind_at", mark("Remind the desk at"), 80, Unit.PERCENT, 10, 99, "G2")
MANAGER_AT = count("inbox.manager_at", mark("Tell the operations manager at"), 150, Unit.PERCENT, 101, 1000, "G2")

PARAMETERS: list[Parameter[Any]] = [REMIND_AT, MANAGER_AT]
