"""The catalog's browser door."""

from catalog.admin import products, stock

__all__ = ["products", "stock"]
