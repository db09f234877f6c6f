"""Registers what the kernel has to know of the catalog."""

from catalog.parameters import PARAMETERS
from opsdesk.parameters import definitions as parameters


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
