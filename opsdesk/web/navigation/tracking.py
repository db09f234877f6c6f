"""Sidebar entries of the tracking desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

TRACKING: list[dict[str, Any]] = [
    item(_("Interceptions"), "undo", "admin:orders_interception_changelist", "orders.view_interception"),
    item(_("Carrier feeds"), "sensors", "admin:orders_trackingfeed_changelist", "orders.view_trackingfeed"),
]
