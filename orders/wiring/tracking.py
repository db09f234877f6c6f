"""The work, the duties and the trail of parcels on their way."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.followup import CASE_LIFECYCLE, SHIPMENT_LIFECYCLE
from orders.services.tracking import carrier_cases

KINDS = (
    Kind(
        carrier_cases.WORK,
        mark("Carrier cases"),
        mark("Parcel %(tracking_no)s: talk to the carrier"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_carriercase_change", args=[key]),
        "O14",
    ),
)
DUTIES = (
    Duty(
        "orders.scan_stalled_shipments",
        "5 * * * *",
        "O14",
        lambda slot, now: carrier_cases.open_for_stalled(actor=SYSTEM, now=now),
        mark("Notice parcels without news"),
    ),
)
LABELS = {
    "orders.parcel_moved": mark("Parcel moved on"),
    "orders.parcel_voided": mark("Parcel voided"),
    "orders.parcel_replaces": mark("Tracking number corrected"),
    "orders.carrier_case_opened": mark("Carrier case opened"),
    "orders.log_contact": mark("Talked to the carrier"),
    "orders.tell_customer": mark("Customer told"),
    "orders.carrier_case_closed": mark("Case closed"),
}
CHARTS = {"orders.shipment": Chart(SHIPMENT_LIFECYCLE), "orders.carrier_case": Chart(CASE_LIFECYCLE)}
