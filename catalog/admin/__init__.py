"""The catalog's browser door."""

from catalog.admin import (
    alerts,
    counting,
    delisting,
    entry,
    inbound,
    listings,
    media,
    pages,
    prices,
    products,
    published_checks,
    quality,
    selection,
    stock,
    vocabulary,
)

__all__ = [
    "alerts",
    "counting",
    "delisting",
    "entry",
    "inbound",
    "listings",
    "media",
    "pages",
    "prices",
    "products",
    "published_checks",
    "quality",
    "selection",
    "stock",
    "vocabulary",
]
