"""Registers what the kernel has to know of the catalog."""

from django.urls import reverse

from catalog.parameters import PARAMETERS
from catalog.services.alerts import KIND as STOCK_LOW
from catalog.services.alerts import scan_thresholds
from catalog.services.stock_sync import JUMP_KIND
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties import definitions as duties
from opsdesk.duties.definitions import Duty
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.parameters import definitions as parameters


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    kinds.register(
        [
            Kind(
                STOCK_LOW,
                mark("Order %(sku)s: only %(available)s left to sell"),
                Role.PURCHASING,
                lambda subject: reverse("admin:catalog_stockalert_change", args=[subject]),
                "C12",
            ),
            Kind(
                JUMP_KIND,
                mark("Stock of %(sku)s in %(warehouse)s jumped by %(pieces)s pieces"),
                Role.OPERATIONS_SUPERVISOR,
                lambda subject: reverse("admin:catalog_stockitem_change", args=[subject]),
                "C11",
            ),
        ]
    )
    duties.register(
        [
            Duty(
                "catalog.scan_thresholds",
                "*/5 * * * *",
                "C12",
                lambda slot, now: scan_thresholds(now=now),
                mark("Look for goods that run short"),
            ),
        ]
    )
