"""Sidebar entries of prices and of taking goods off sale."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

PRICES: list[dict[str, Any]] = [
    item(_("Price list"), "sell", "admin:catalog_pricedsku_changelist", "catalog.view_sku"),
    item(_("Price changes"), "price_change", "admin:catalog_pricechange_changelist", "catalog.view_pricechange"),
    item(_("Calendar of prices"), "calendar_month", "admin:catalog_pricechange_calendar", "catalog.view_pricechange"),
]


def _questions(request: HttpRequest) -> bool:
    """The questions' own pages only: the screen for many has its own entry, below the same address."""
    own, many = reverse("admin:catalog_delistproposal_changelist"), reverse("admin:catalog_delistproposal_bulk")
    return request.path.startswith(own) and request.path != many


DELISTING: list[dict[str, Any]] = [
    item(_("Take off sale?"), "remove_shopping_cart", "admin:catalog_delistproposal_changelist", "catalog.view_delistproposal")
    | {"active": _questions},
    item(_("Many on or off sale"), "checklist", "admin:catalog_delistproposal_bulk", "catalog.delist_listing"),
    item(_("Delist rules"), "rule_settings", "admin:catalog_delistpolicy_changelist", "catalog.view_delistpolicy"),
]
