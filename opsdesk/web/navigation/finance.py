"""Sidebar entries of the finance desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

FINANCE: list[dict[str, Any]] = [
    item(
        _("Settlements of periods"), "account_balance", "admin:orders_settlementbatch_changelist", "orders.view_settlementbatch"
    ),
    item(
        _("Differences from the statement"),
        "difference",
        "admin:orders_statementdifference_changelist",
        "orders.view_statementdifference",
    ),
    item(_("Settlements of orders"), "payments", "admin:orders_settlement_changelist", "orders.view_settlement"),
    item(_("Refunds"), "currency_exchange", "admin:orders_refund_changelist", "orders.view_refund"),
]
