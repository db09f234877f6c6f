"""The browser door of orders."""

from orders.admin import followup, orders, picking, rounds, shipments

__all__ = ["followup", "orders", "picking", "rounds", "shipments"]
