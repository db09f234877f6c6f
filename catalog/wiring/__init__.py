"""Registers what the kernel has to know of the catalog: one module an area."""

from catalog.parameters import PARAMETERS
from catalog.queries.media import usage
from catalog.wiring import counting, delisting, entry, inbound, listings, media, pages, prices, quality, selection, stock
from catalog.wiring.handling_import import HANDLING
from catalog.wiring.inbound_tables import COUNTS, OPENING, THRESHOLDS
from catalog.wiring.invariants import INVARIANTS
from catalog.wiring.products_import import PRODUCTS
from catalog.wiring.terms_import import TERMS
from catalog.wiring.visits_import import VISITS
from catalog.wiring.words_import import WORDS
from opsdesk.audit import labels
from opsdesk.duties import definitions as duties
from opsdesk.files import access
from opsdesk.handbook import charts
from opsdesk.imports import definitions as imports
from opsdesk.inbox import kinds
from opsdesk.invariants import definitions as books
from opsdesk.parameters import definitions as parameters

AREAS = (
    listings,
    selection,
    entry,
    media,
    stock,
    counting,
    inbound,
    quality,
    pages,
    prices,
    delisting,
)
IMPORTERS = (PRODUCTS, TERMS, WORDS, OPENING, THRESHOLDS, COUNTS, VISITS, HANDLING)


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    books.register(INVARIANTS)
    for area in AREAS:
        kinds.register(area.KINDS)
        duties.register(area.DUTIES)
        labels.register(area.LABELS)
        charts.REGISTER.update(area.CHARTS)
    for purpose, permission in (selection.FILES | quality.FILES).items():
        access.register(purpose, permission)
    for kind in media.USAGE:
        usage.register(kind)
    for importer in IMPORTERS:
        imports.register(importer)
