"""The catalog's browser door."""

from catalog.admin import alerts, listings, pages, products, published_checks, quality, stock, vocabulary

__all__ = ["alerts", "listings", "pages", "products", "published_checks", "quality", "stock", "vocabulary"]
