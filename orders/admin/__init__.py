"""The browser door of orders."""

from orders.admin import orders
from orders.admin.carriers import carriers, choices
from orders.admin.carriers import tables as carrier_tables
from orders.admin.completion import followup
from orders.admin.finance import refunds
from orders.admin.fulfilment import picking
from orders.admin.returns import improvements, policies
from orders.admin.returns import requests as returns
from orders.admin.rounds import rounds
from orders.admin.tracking import feeds, interceptions, shipments

__all__ = [
    "carrier_tables",
    "carriers",
    "choices",
    "feeds",
    "followup",
    "improvements",
    "interceptions",
    "orders",
    "picking",
    "policies",
    "refunds",
    "returns",
    "rounds",
    "shipments",
]
