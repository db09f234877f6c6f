"""The numbers of a shift handover."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, span

ACCEPT_WITHIN = span("handover.accept_within", mark("A shift is taken over within"), 30, Unit.MINUTES, 5, 480, "G2")
HORIZON = span("handover.horizon", mark("A handover note names unclaimed work due within"), 8, Unit.HOURS, 1, 48, "G2")

PARAMETERS: list[Parameter[Any]] = [ACCEPT_WITHIN, HORIZON]
