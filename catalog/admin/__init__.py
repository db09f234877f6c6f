"""The catalog's browser door."""

from catalog.admin import listings, products, published_checks, stock, vocabulary

__all__ = ["listings", "products", "published_checks", "stock", "vocabulary"]
