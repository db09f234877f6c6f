"""The browser door of orders."""

from orders.admin import orders, rounds

__all__ = ["orders", "rounds"]
