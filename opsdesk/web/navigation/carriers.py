"""Sidebar entries of logistics."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

CARRIERS: list[dict[str, Any]] = [
    item(_("Carriers"), "local_shipping", "admin:orders_carrier_changelist", "orders.view_carrier"),
    item(_("Regions of carriers"), "map", "admin:orders_carriercoverage_changelist", "orders.view_carriercoverage"),
    item(_("Prices of carriers"), "price_change", "admin:orders_carrierprice_changelist", "orders.view_carrierprice"),
    item(_("Choices of carriers"), "alt_route", "admin:orders_carrierchoice_changelist", "orders.view_carrierchoice"),
    item(_("Prints of labels"), "print", "admin:orders_labelprint_changelist", "orders.view_labelprint"),
    item(_("Carrier scorecard"), "scoreboard", "admin:orders_carrier_scorecard", "orders.view_carrierscore"),
    item(_("Monthly ratings"), "calendar_month", "admin:orders_carrierscore_changelist", "orders.view_carrierscore"),
    item(_("Claims on carriers"), "request_quote", "admin:orders_carrierclaim_changelist", "orders.view_carrierclaim"),
]
