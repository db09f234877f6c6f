"""The catalog's browser door."""

from catalog.admin import alerts, entry, listings, pages, products, published_checks, stock, vocabulary

__all__ = ["alerts", "entry", "listings", "pages", "products", "published_checks", "stock", "vocabulary"]
