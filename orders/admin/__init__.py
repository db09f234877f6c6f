"""The browser door of orders."""

from orders.admin import orders
from orders.admin.completion import contacts, followup, satisfaction
from orders.admin.finance import batches, refunds, rows
from orders.admin.fulfilment import picking, pushes, rules, shorts
from orders.admin.returns import improvements, policies
from orders.admin.returns import requests as returns
from orders.admin.rounds import rounds
from orders.admin.tracking import feeds, interceptions, shipments

__all__ = [
    "batches",
    "contacts",
    "feeds",
    "followup",
    "improvements",
    "interceptions",
    "orders",
    "picking",
    "policies",
    "pushes",
    "refunds",
    "returns",
    "rounds",
    "rows",
    "rules",
    "satisfaction",
    "shipments",
    "shorts",
]
