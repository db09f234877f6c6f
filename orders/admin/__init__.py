"""The browser door of orders."""

from orders.admin import orders
from orders.admin.carriers import carriers, choices
from orders.admin.carriers import rows as carrier_rows
from orders.admin.carriers import tables as carrier_tables
from orders.admin.completion import contacts, followup, satisfaction
from orders.admin.finance import batches, refunds, rows
from orders.admin.fulfilment import picking, pushes, recalls, rules, shorts
from orders.admin.grouping import groups
from orders.admin.intake import deadlines
from orders.admin.invoices import requests as invoices
from orders.admin.manual import entries
from orders.admin.platforms import exports, mappings, problems
from orders.admin.returns import improvements, policies
from orders.admin.returns import requests as returns
from orders.admin.rounds import rounds
from orders.admin.tracking import feeds, interceptions, shipments

__all__ = [
    "batches",
    "carrier_rows",
    "carrier_tables",
    "carriers",
    "choices",
    "contacts",
    "deadlines",
    "entries",
    "exports",
    "feeds",
    "followup",
    "groups",
    "improvements",
    "interceptions",
    "invoices",
    "mappings",
    "orders",
    "picking",
    "policies",
    "problems",
    "pushes",
    "recalls",
    "refunds",
    "returns",
    "rounds",
    "rows",
    "rules",
    "satisfaction",
    "shipments",
    "shorts",
]
