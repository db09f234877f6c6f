"""Sidebar entries of prices and of taking goods off sale."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

PRICES: list[dict[str, Any]] = [
    item(_("Price list"), "sell", "admin:catalog_pricedsku_changelist", "catalog.view_sku"),
    item(_("Price changes"), "price_change", "admin:catalog_pricechange_changelist", "catalog.view_pricechange"),
    item(_("Calendar of prices"), "calendar_month", "admin:catalog_pricechange_calendar", "catalog.view_pricechange"),
]
DELISTING: list[dict[str, Any]] = [
    item(_("Take off sale?"), "remove_shopping_cart", "admin:catalog_delistproposal_changelist", "catalog.view_delistproposal"),
    item(_("Many on or off sale"), "checklist", "admin:catalog_delistproposal_bulk", "catalog.delist_listing"),
    item(_("Delist rules"), "rule_settings", "admin:catalog_delistpolicy_changelist", "catalog.view_delistpolicy"),
]
