"""The catalog's browser door."""

from catalog.admin import alerts, inbound, listings, products, published_checks, stock, vocabulary

__all__ = ["alerts", "inbound", "listings", "products", "published_checks", "stock", "vocabulary"]
