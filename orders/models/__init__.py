"""The tables of orders, one module an aggregate."""

from orders.models.check_round import CheckRound, CheckRoundItem
from orders.models.customer import Customer
from orders.models.order import DeliveryAddress, Order, OrderCheck, OrderHold, OrderLine

__all__ = ["CheckRound", "CheckRoundItem", "Customer", "DeliveryAddress", "Order", "OrderCheck", "OrderHold", "OrderLine"]
