"""Stocktakes, the months of stock, and decisions on slow stock."""
