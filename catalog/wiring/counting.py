"""The work, the duties and the trail of stocktakes and turnover."""

from django.urls import reverse

from catalog.rules.counting.lifecycle import SLOW_LIFECYCLE, STOCKTAKE_LIFECYCLE
from catalog.services.counting import months, planning, slow, steps
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind


def _stocktake(public_id: str) -> str:
    return reverse("admin:catalog_stocktake_change", args=[public_id])


KINDS = (
    Kind(
        steps.COUNT,
        mark("Stocktakes to count"),
        mark("Count in %(warehouse)s: %(title)s"),
        Role.WAREHOUSE,
        _stocktake,
        "C22",
    ),
    Kind(
        steps.POST,
        mark("Stocktakes to post"),
        mark("Check and post the count of %(warehouse)s: %(title)s"),
        Role.OPERATIONS_SUPERVISOR,
        _stocktake,
        "C22",
        Role.OPERATIONS_MANAGER,
    ),
    Kind(
        slow.WORK,
        mark("Slow stock"),
        mark("Decide on slow stock: %(sku)s"),
        Role.PRODUCT_SPECIALIST,
        lambda subject: reverse("admin:catalog_slowstock_change", args=[subject]),
        "C23",
        Role.PRODUCT_SUPERVISOR,
    ),
)
DUTIES = (
    Duty(
        "catalog.plan_stocktakes",
        "0 7 * * 1",
        "C22",
        lambda slot, now: planning.plan_periodic(now=now),
        mark("Plan the periodic stocktakes"),
    ),
    Duty(
        "catalog.keep_stock_months",
        "40 2 * * *",
        "C23",
        lambda slot, now: months.keep_months(now=now),
        mark("Work out the month's turnover"),
    ),
    Duty(
        "catalog.scan_slow_stock",
        "30 6 * * *",
        "C23",
        lambda slot, now: slow.scan_slow(now=now),
        mark("Look for stock that hardly moves"),
    ),
)
LABELS = {
    "stocktakes.planned": mark("Stocktake planned"),
    "stocktakes.start": mark("Count started"),
    "stocktakes.count": mark("Counts saved"),
    "stocktakes.finish": mark("Count finished"),
    "stocktakes.recount": mark("Sent back to be counted again"),
    "stocktakes.post": mark("Variances posted"),
    "stocktakes.cancel": mark("Cancelled"),
    "slow_stock.accept": mark("Proposal accepted"),
    "slow_stock.decline": mark("Proposal declined"),
}
CHARTS = {
    "catalog.stocktake": Chart(STOCKTAKE_LIFECYCLE, {"count": mark("Save counts")}),
    "catalog.slow_stock": Chart(SLOW_LIFECYCLE),
}
