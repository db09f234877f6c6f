"""Sidebar entries of returns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

RETURNS: list[dict[str, Any]] = [
    item(_("Returns"), "assignment_return", "admin:orders_returnrequest_changelist", "orders.view_returnrequest"),
    item(_("Return analysis"), "query_stats", "admin:orders_returns_analysis", "orders.view_returnimprovement"),
    item(_("Improvements"), "trending_down", "admin:orders_returnimprovement_changelist", "orders.view_returnimprovement"),
    item(_("Return policies"), "policy", "admin:orders_returnpolicy_changelist", "orders.view_returnpolicy"),
]
