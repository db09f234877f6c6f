"""The catalog's browser door."""

from catalog.admin import alerts, counting, inbound, listings, pages, products, published_checks, selection, stock, vocabulary

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
