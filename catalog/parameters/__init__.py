"""The SOP's numbers for products and stock: one module an area."""

from typing import Any

from catalog.parameters.listings import LISTINGS
from catalog.parameters.pages import PAGES
from catalog.parameters.quality import QUALITY
from catalog.parameters.stock import STOCK
from opsdesk.parameters.definitions import Parameter

PARAMETERS: list[Parameter[Any]] = [
    *LISTINGS,
    *QUALITY,
    *PAGES,
    *STOCK,
]
