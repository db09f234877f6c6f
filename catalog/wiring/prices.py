"""The work, the duty and the trail of prices."""

from django.urls import reverse

from catalog.rules.prices.lifecycle import PRICE_LIFECYCLE
from catalog.services.prices import applying, steps
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind

KINDS = (
    Kind(
        steps.REVIEW,
        mark("Price changes to judge"),
        mark("Judge the price change %(change)s"),
        Role.OPERATIONS_SUPERVISOR,
        lambda subject: reverse("admin:catalog_pricechange_judge", args=[subject]),
        "C10",
    ),
    Kind(
        steps.RETURNED,
        mark("Price changes to correct"),
        mark("Correct the price change %(change)s"),
        Role.PRODUCT_SPECIALIST,
        lambda subject: reverse("admin:catalog_pricechange_write", args=[subject]),
        "C10",
        Role.PRODUCT_SUPERVISOR,
    ),
)
DUTIES = (
    Duty(
        "catalog.apply_prices",
        "* * * * *",
        "C24",
        lambda slot, now: applying.apply_prices(now=now),
        mark("Put new prices in force and end limited ones"),
    ),
)
LABELS = {
    "prices.written": mark("Price change written"),
    "prices.edit": mark("Draft changed"),
    "prices.submit": mark("Submitted for review"),
    "prices.waive": mark("Margin waived"),
    "prices.approve": mark("Approved"),
    "prices.return": mark("Returned for changes"),
    "prices.reject": mark("Rejected"),
    "prices.withdraw": mark("Withdrawn"),
    "prices.start": mark("Limited price began"),
    "prices.settle": mark("New prices in force"),
    "prices.end": mark("Limited price ended"),
    "prices.kept": mark("Newer prices kept"),
}
CHARTS = {
    "catalog.price_change": Chart(
        PRICE_LIFECYCLE,
        {
            "edit": mark("Edit"),
            "approve": mark("Approve"),
            "return": mark("Return for changes"),
            "reject": mark("Reject"),
            "start": mark("Limited price began"),
            "settle": mark("New prices in force"),
        },
        frozenset({"start", "settle"}),
    ),
}
