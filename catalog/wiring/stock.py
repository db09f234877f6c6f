"""The work, the duties and the trail of stock."""

from django.urls import reverse

from catalog.rules.alerts import ALERT_LIFECYCLE
from catalog.services.alerts import KIND as STOCK_LOW
from catalog.services.alerts import LATE_KIND as STOCK_LATE
from catalog.services.alerts import scan_thresholds
from catalog.services.stock_sync import JUMP_KIND
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind

KINDS = (
    Kind(
        STOCK_LOW,
        mark("Goods to order"),
        mark("Order %(sku)s: only %(available)s left to sell"),
        Role.PURCHASING,
        lambda subject: reverse("admin:catalog_stockalert_change", args=[subject]),
        "C12",
    ),
    Kind(
        STOCK_LATE,
        mark("Goods that did not come"),
        mark("%(sku)s was expected on %(day)s and has not come"),
        Role.PURCHASING,
        lambda subject: reverse("admin:catalog_stockalert_change", args=[subject]),
        "C12",
    ),
    Kind(
        JUMP_KIND,
        mark("Jumps of stock"),
        mark("Stock of %(sku)s in %(warehouse)s jumped by %(pieces)s pieces"),
        Role.OPERATIONS_SUPERVISOR,
        lambda subject: reverse("admin:catalog_stockitem_change", args=[subject]),
        "C11",
    ),
)
DUTIES = (
    Duty(
        "catalog.scan_thresholds",
        "*/5 * * * *",
        "C12",
        lambda slot, now: scan_thresholds(now=now),
        mark("Look for goods that run short"),
    ),
)
LABELS = {
    "catalog.warehouse_created": mark("Warehouse opened"),
    "catalog.warehouse_serves": mark("Warehouse serves a shop"),
    "catalog.jump_confirmed": mark("Jump of stock confirmed"),
    "catalog.handling_changed": mark("Weight and handling changed"),
    "catalog.threshold_changed": mark("Alert threshold changed"),
    "catalog.stock_alert_opened": mark("Stock alert raised"),
    "catalog.stock_alert_ack": mark("Stock alert acknowledged"),
    "catalog.stock_alert_order": mark("Goods ordered"),
    "catalog.stock_alert_resolved": mark("Stock alert resolved"),
}
CHARTS = {"catalog.stock_alert": Chart(ALERT_LIFECYCLE, {"resolve": mark("Stock is back")}, frozenset({"resolve"}))}
