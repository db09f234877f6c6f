"""The SOP's numbers for products and stock: one module an area."""

from typing import Any

from catalog.parameters.counting import COUNTING
from catalog.parameters.delisting import DELISTING
from catalog.parameters.entry import ENTRY
from catalog.parameters.inbound import INBOUND
from catalog.parameters.listings import LISTINGS
from catalog.parameters.media import MEDIA
from catalog.parameters.pages import PAGES
from catalog.parameters.prices import PRICES
from catalog.parameters.quality import QUALITY
from catalog.parameters.selection import SELECTION
from catalog.parameters.stock import STOCK
from opsdesk.parameters.definitions import Parameter

PARAMETERS: list[Parameter[Any]] = [
    *COUNTING,
    *LISTINGS,
    *ENTRY,
    *MEDIA,
    *QUALITY,
    *PAGES,
    *SELECTION,
    *STOCK,
    *PRICES,
    *DELISTING,
    *INBOUND,
]
