"""Sidebar entries of stocktakes and turnover."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

COUNTING: list[dict[str, Any]] = [
    item(_("Stocktakes"), "inventory", "admin:catalog_stocktake_changelist", "catalog.view_stocktake"),
    item(_("Stock turnover"), "autorenew", "admin:catalog_turnover", "catalog.view_cost"),
    item(_("Slow stock"), "hourglass_bottom", "admin:catalog_slowstock_changelist", "catalog.view_slowstock"),
]
