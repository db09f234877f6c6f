"""The SOP's numbers for products and stock."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count

ALERT_THRESHOLD = count("catalog.alert_threshold", mark("Stock alert threshold"), 10, Unit.PIECES, 0, 100_000, "C12")

PARAMETERS: list[Parameter[Any]] = [ALERT_THRESHOLD]
