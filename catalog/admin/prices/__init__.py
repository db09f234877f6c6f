"""Prices in the browser."""

from catalog.admin.prices import changes, price_list

__all__ = ["changes", "price_list"]
