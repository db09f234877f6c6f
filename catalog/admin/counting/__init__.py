"""Stocktakes, turnover and slow stock in the browser."""

from catalog.admin.counting import slow, stocktakes

__all__ = ["slow", "stocktakes"]
