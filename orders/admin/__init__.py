"""The browser door of orders."""

from orders.admin import orders
from orders.admin.completion import followup
from orders.admin.finance import refunds
from orders.admin.fulfilment import picking, pushes, rules, shorts
from orders.admin.returns import requests as returns
from orders.admin.rounds import rounds
from orders.admin.tracking import feeds, interceptions, shipments

__all__ = [
    "feeds",
    "followup",
    "interceptions",
    "orders",
    "picking",
    "pushes",
    "refunds",
    "returns",
    "rounds",
    "rules",
    "shipments",
    "shorts",
]
