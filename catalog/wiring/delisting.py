"""The work, the duty and the trail of taking goods off sale."""

from django.urls import reverse

from catalog.rules.delisting.lifecycle import DELIST_LIFECYCLE
from catalog.services.delisting import proposals
from catalog.services.delisting.answers import WORK
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind

KINDS = (
    Kind(
        WORK,
        mark("Goods to take off sale?"),
        mark("Take off sale? %(product)s"),
        Role.PRODUCT_SPECIALIST,
        lambda subject: reverse("admin:catalog_delistproposal_change", args=[subject]),
        "C20",
        Role.PRODUCT_SUPERVISOR,
    ),
)
DUTIES = (
    Duty(
        "catalog.propose_delisting",
        "20 * * * *",
        "C20",
        lambda slot, now: proposals.propose_delisting(now=now),
        mark("Look for goods that should not be sold any more"),
    ),
)
LABELS = {
    "delisting.accept": mark("Taken off sale"),
    "delisting.decline": mark("Stays on sale"),
    "catalog.discontinued": mark("Discontinued"),
    "catalog.delist_rule": mark("Delist rule set"),
}
CHARTS = {
    "catalog.delisting": Chart(DELIST_LIFECYCLE, {"withdraw": mark("The reason is gone")}, frozenset({"withdraw"})),
}
