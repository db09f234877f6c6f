"""The catalog's browser door."""

from catalog.admin import alerts, inbound, listings, pages, products, published_checks, stock, vocabulary

__all__ = ["alerts", "inbound", "listings", "pages", "products", "published_checks", "stock", "vocabulary"]
