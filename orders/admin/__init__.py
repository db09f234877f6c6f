"""The browser door of orders."""

from orders.admin import orders

__all__ = ["orders"]
