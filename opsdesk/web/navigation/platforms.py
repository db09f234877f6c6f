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
