"""Sidebar entries of platforms' files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

PLATFORMS: list[dict[str, Any]] = [
    item(
        _("Problems of platforms' files"),
        "rule",
        "admin:orders_platformproblem_changelist",
        "orders.view_platformproblem",
    ),
    item(_("Merchant codes"), "swap_horiz", "admin:orders_skumapping_changelist", "orders.view_skumapping"),
]
BATCH_SHIP: list[dict[str, Any]] = [
    item(_("Batch-ship tables"), "upload", "admin:orders_shippingexport_changelist", "orders.view_shippingexport"),
    item(_("Carriers' names on platforms"), "badge", "admin:orders_carriername_changelist", "orders.view_carriername"),
]
