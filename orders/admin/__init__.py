"""The browser door of orders."""

from orders.admin import followup, orders, picking, shipments

__all__ = ["followup", "orders", "picking", "shipments"]
