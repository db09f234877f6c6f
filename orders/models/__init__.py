"""The tables of orders, one module an aggregate."""

from orders.models.customer import Customer
from orders.models.order import DeliveryAddress, Order, OrderCheck, OrderHold, OrderLine

__all__ = ["Customer", "DeliveryAddress", "Order", "OrderCheck", "OrderHold", "OrderLine"]
