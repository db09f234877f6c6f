"""Sidebar entries of the finance desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

FINANCE: list[dict[str, Any]] = [
    item(_("Refunds"), "currency_exchange", "admin:orders_refund_changelist", "orders.view_refund"),
]
