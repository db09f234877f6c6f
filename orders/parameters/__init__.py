"""The SOP's numbers for orders: one module an area."""

from typing import Any

from opsdesk.parameters.definitions import Parameter
from orders.parameters.carriers import CARRIERS
from orders.parameters.completion import COMPLETION
from orders.parameters.finance import FINANCE
from orders.parameters.fulfilment import FULFILMENT
from orders.parameters.intake import INTAKE
from orders.parameters.manual import MANUAL
from orders.parameters.platforms import PLATFORMS
from orders.parameters.returns import RETURNS
from orders.parameters.rounds import ROUNDS
from orders.parameters.tracking import TRACKING

PARAMETERS: list[Parameter[Any]] = [
    *INTAKE,
    *MANUAL,
    *ROUNDS,
    *FULFILMENT,
    *CARRIERS,
    *TRACKING,
    *COMPLETION,
    *FINANCE,
    *RETURNS,
    *PLATFORMS,
]
