"""Sidebar entries of orders that staff enter, of shared parcels, and of invoices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

MANUAL: list[dict[str, Any]] = [
    item(_("Enter an order"), "add_shopping_cart", "admin:orders_manualentry_new", "orders.enter_order"),
    item(_("Orders entered by hand"), "edit_note", "admin:orders_manualentry_changelist", "orders.view_manualentry"),
    item(_("Merge and split"), "call_merge", "admin:orders_parcelgroup_proposals", "orders.view_parcelgroup"),
]
INVOICES: list[dict[str, Any]] = [
    item(_("Invoice requests"), "request_quote", "admin:orders_invoicerequest_changelist", "orders.view_invoicerequest"),
]
