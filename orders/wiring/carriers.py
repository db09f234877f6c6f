"""The work, the duties, the imports and the trail of carriers."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.imports import definitions as imports
from opsdesk.inbox.kinds import Kind
from orders.rules.carriers.choices import CLAIM_LIFECYCLE
from orders.services.carriers import choosing, claims, scorecards
from orders.wiring.carrier_tables import COVERAGE, PRICES

imports.register(COVERAGE, PRICES)

KINDS = (
    Kind(
        choosing.WORK,
        mark("Parcels without a carrier"),
        mark("Order %(number)s: no carrier takes its parcel, find one"),
        Role.LOGISTICS,
        lambda key: reverse("admin:orders_carrierchoice_change", args=[key]),
        "O11",
    ),
    Kind(
        claims.WORK,
        mark("Claims on carriers"),
        mark("%(carrier)s answers the claim for parcel %(tracking_no)s"),
        Role.LOGISTICS,
        lambda key: reverse("admin:orders_carrierclaim_change", args=[key]),
        "O11",
    ),
)
DUTIES = (
    Duty(
        "orders.rate_carriers",
        "30 3 8 * *",  # by the 8th the parcels of the month before have had their days
        "O11",
        lambda slot, now: scorecards.keep_last_month(now=now),
        mark("Rate carriers by last month's parcels"),
    ),
)
LABELS = {
    "orders.carrier_created": mark("Carrier added"),
    "orders.carrier_changed": mark("Carrier changed"),
    "orders.carrier_deleted": mark("Carrier deleted"),
    "orders.coverage_imported": mark("Regions of the carrier imported"),
    "orders.prices_imported": mark("Prices of the carrier imported"),
    "orders.region_added": mark("Region of the carrier added"),
    "orders.region_changed": mark("Region of the carrier changed"),
    "orders.region_removed": mark("Region of the carrier removed"),
    "orders.price_added": mark("Price of the carrier added"),
    "orders.price_changed": mark("Price of the carrier changed"),
    "orders.price_ended": mark("Price of the carrier ended"),
    "orders.carrier_chosen": mark("Carrier chosen"),
    "orders.carrier_overridden": mark("Another carrier taken"),
    "orders.label_printed": mark("Label printed"),
    "orders.label_reprinted": mark("Label printed again"),
    "orders.claim_asked": mark("Compensation asked"),
    "orders.claim_grant": mark("Compensation granted"),
    "orders.claim_refuse": mark("Compensation refused"),
}
CHARTS = {"orders.carrier_claim": Chart(CLAIM_LIFECYCLE)}
