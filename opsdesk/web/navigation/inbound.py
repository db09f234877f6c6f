"""Sidebar entries of purchasing, and of the warehouse's own work with stock."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

WAREHOUSE: list[dict[str, Any]] = [
    item(_("Lots"), "inventory", "admin:catalog_stocklot_changelist", "catalog.view_stocklot"),
    item(_("Storage locations"), "shelves", "admin:catalog_storagelocation_changelist", "catalog.view_storagelocation"),
    item(_("Transfers"), "swap_horiz", "admin:catalog_stocktransfer_changelist", "catalog.view_stocktransfer"),
    item(_("Write-offs and finds"), "delete_sweep", "admin:catalog_stockadjustment_changelist", "catalog.view_stockadjustment"),
    item(_("Stock movements"), "receipt", "admin:catalog_stockmovement_changelist", "catalog.view_stockmovement"),
]
PURCHASING: list[dict[str, Any]] = [
    item(_("Purchase orders"), "shopping_cart", "admin:catalog_purchaseorder_changelist", "catalog.view_purchaseorder"),
    item(_("Goods receipts"), "move_to_inbox", "admin:catalog_goodsreceipt_changelist", "catalog.view_goodsreceipt"),
]
