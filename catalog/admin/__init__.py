"""The catalog's browser door."""

from catalog.admin import alerts, counting, listings, products, published_checks, stock, vocabulary

__all__ = ["alerts", "counting", "listings", "products", "published_checks", "stock", "vocabulary"]
