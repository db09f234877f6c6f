"""Registers what the kernel has to know of orders: one module an area."""

from opsdesk.audit import labels
from opsdesk.duties import definitions as duties
from opsdesk.handbook import charts
from opsdesk.imports import definitions as imports
from opsdesk.inbox import kinds
from opsdesk.invariants import definitions as books
from opsdesk.parameters import definitions as parameters
from orders.parameters import PARAMETERS
from orders.wiring import (
    carriers,
    completion,
    finance,
    finance_tables,
    fulfilment,
    intake,
    manual,
    parcel_tables,
    platform_tables,
    platforms,
    returns,
    rounds,
    tracking,
)
from orders.wiring.invariants import INVARIANTS

AREAS = (
    intake,
    rounds,
    fulfilment,
    tracking,
    completion,
    finance,
    returns,
    carriers,
    platforms,
    manual,
)


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    books.register(INVARIANTS)
    for area in AREAS:
        kinds.register(area.KINDS)
        duties.register(area.DUTIES)
        labels.register(area.LABELS)
        charts.REGISTER.update(area.CHARTS)
    imports.register(*finance_tables.IMPORTERS, *parcel_tables.IMPORTERS, *platform_tables.IMPORTERS)
