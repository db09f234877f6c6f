"""Sidebar entries of the warehouse's desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

FULFILMENT: list[dict[str, Any]] = [
    item(_("Packing desk"), "inventory_2", "admin:orders_order_pack_station", "orders.pack_order"),
    item(_("Hand-over desk"), "local_shipping", "admin:orders_order_hand_over", "orders.ship_order"),
    item(_("Short picks"), "production_quantity_limits", "admin:orders_shortpick_changelist", "orders.view_shortpick"),
    item(_("Warehouse system"), "sync_alt", "admin:orders_warehousepush_changelist", "orders.view_warehousepush"),
    item(
        _("Cancellations at the warehouse"),
        "cancel_schedule_send",
        "admin:orders_warehouserecall_changelist",
        "orders.view_warehouserecall",
    ),
    item(_("Allocation rules"), "alt_route", "admin:orders_allocationrule_changelist", "orders.view_allocationrule"),
    item(_("Gift rules"), "redeem", "admin:orders_giftrule_changelist", "orders.view_giftrule"),
    item(_("Packing rules"), "rule", "admin:orders_packingrule_changelist", "orders.view_packingrule"),
]
