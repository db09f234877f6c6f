"""Registers what the kernel has to know of the catalog: one module an area."""

from catalog.parameters import PARAMETERS
from catalog.wiring import listings, quality, stock
from opsdesk.audit import labels
from opsdesk.duties import definitions as duties
from opsdesk.inbox import kinds
from opsdesk.parameters import definitions as parameters

AREAS = (
    listings,
    stock,
    quality,
)


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    for area in AREAS:
        kinds.register(area.KINDS)
        duties.register(area.DUTIES)
        labels.register(area.LABELS)
