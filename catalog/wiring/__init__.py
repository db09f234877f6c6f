"""Registers what the kernel has to know of the catalog: one module an area."""

from catalog.enums import CheckState
from catalog.parameters import PARAMETERS
from catalog.wiring import listings, pages, stock
from catalog.wiring.words_import import WORDS
from opsdesk.audit import labels
from opsdesk.duties import definitions as duties
from opsdesk.handbook import charts
from opsdesk.imports import definitions as imports
from opsdesk.inbox import kinds
from opsdesk.parameters import definitions as parameters

AREAS = (
    listings,
    stock,
    pages,
)
IMPORTERS = (WORDS,)


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    for area in AREAS:
        kinds.register(area.KINDS)
        duties.register(area.DUTIES)
        labels.register(area.LABELS)
        charts.REGISTER.update(area.CHARTS)
    for importer in IMPORTERS:
        imports.register(importer)
    labels.register(LABELS)
    kinds.register(STOCK_KINDS)
    duties.register(STOCK_DUTIES)
    kinds.register(LISTING_KINDS)
    duties.register(LISTING_DUTIES)
    charts.register("catalog.stock_alert", ALERT_LIFECYCLE, labels={"resolve": mark("Stock is back")}, system=("resolve",))
    charts.register("catalog.listing", LISTING_LIFECYCLE, labels=LISTING_STEPS, system=("replace_draft", "replace_live"))
    charts.register("catalog.published_check", CHECK_LIFECYCLE, outcomes={"record": (CheckState.PASSED, CheckState.FAILED)})
