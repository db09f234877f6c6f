"""Registers what the kernel has to know of orders."""

from opsdesk.parameters import definitions as parameters
from orders.parameters import PARAMETERS


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
