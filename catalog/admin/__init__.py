"""The catalog's browser door."""

from catalog.admin import alerts, products, stock

__all__ = ["alerts", "products", "stock"]
