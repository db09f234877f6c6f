"""The catalog's browser door."""

from catalog.admin import alerts, listings, media, pages, products, published_checks, stock, vocabulary

__all__ = ["alerts", "listings", "media", "pages", "products", "published_checks", "stock", "vocabulary"]
