"""The browser door of orders."""

from orders.admin import orders
from orders.admin.completion import followup
from orders.admin.finance import refunds
from orders.admin.fulfilment import picking
from orders.admin.intake import deadlines
from orders.admin.returns import requests as returns
from orders.admin.rounds import rounds
from orders.admin.tracking import feeds, interceptions, shipments

__all__ = ["deadlines", "feeds", "followup", "interceptions", "orders", "picking", "refunds", "returns", "rounds", "shipments"]
