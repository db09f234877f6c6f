"""Sidebar entries of stock."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

STOCK: list[dict[str, Any]] = [
    item(_("Stock"), "warehouse", "admin:catalog_stockitem_changelist", "catalog.view_stockitem"),
    item(
        _("Stock alerts"),
        "production_quantity_limits",
        "admin:catalog_stockalert_changelist",
        "catalog.view_stockalert",
    ),
]
