"""The catalog's browser door."""

from catalog.admin import (
    alerts,
    counting,
    entry,
    inbound,
    listings,
    pages,
    products,
    published_checks,
    selection,
    stock,
    vocabulary,
)

__all__ = [
    "alerts",
    "counting",
    "inbound",
    "listings",
    "pages",
    "products",
    "published_checks",
    "selection",
    "stock",
    "vocabulary",
]

__all__ = ["alerts", "entry", "listings", "media", "pages", "products", "published_checks", "quality", "stock", "vocabulary"]
from catalog.admin import media, quality
from catalog.admin import delisting, prices
