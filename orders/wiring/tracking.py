"""The work, the duties and the trail of parcels on their way."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.rules.followup import CASE_LIFECYCLE, SHIPMENT_LIFECYCLE
from orders.rules.tracking.interception import INTERCEPTION_LIFECYCLE
from orders.services.tracking import carrier_cases, feeds, interceptions, messages
from orders.tasks.tracking import poll_parcels

KINDS = (
    Kind(
        carrier_cases.WORK,
        mark("Carrier cases"),
        mark("Parcel %(tracking_no)s: talk to the carrier"),
        Role.CUSTOMER_SERVICE,
        lambda key: reverse("admin:orders_carriercase_change", args=[key]),
        "O14",
    ),
    Kind(
        interceptions.ASK,
        mark("Parcels to stop"),
        mark("Ask %(carrier)s to stop parcel %(tracking_no)s"),
        Role.LOGISTICS,
        lambda key: reverse("admin:orders_interception_change", args=[key]),
        "O18",
    ),
    Kind(
        interceptions.BACK,
        mark("Stopped parcels coming back"),
        mark("Check in and inspect the stopped parcel %(tracking_no)s"),
        Role.WAREHOUSE,
        lambda key: reverse("admin:orders_interception_change", args=[key]),
        "O18",
    ),
    Kind(
        feeds.ALARM,
        mark("Failing carrier feeds"),
        mark("The carrier feed %(source)s fails: %(error)s"),
        Role.TECHNICAL,
        lambda key: reverse("admin:orders_trackingfeed_change", args=[key]),
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
    Duty(
        "orders.poll_parcels",
        "*/15 * * * *",
        "O14",
        lambda slot, now: poll_parcels(now=now),
        mark("Ask after parcels on their way"),
    ),
    Duty(
        "orders.read_carrier_messages",
        "*/5 * * * *",
        "O14",
        lambda slot, now: messages.read_kept(actor=SYSTEM, now=now),
        mark("Read carrier messages that are still unread"),
    ),
)
LABELS = {
    "orders.parcel_moved": mark("Parcel moved on"),
    "orders.parcel_voided": mark("Parcel voided"),
    "orders.parcel_replaces": mark("Tracking number corrected"),
    "orders.feed_retry": mark("Carrier feed tried again"),
    "orders.intercept": mark("Interception asked for"),
    "orders.interception_requested": mark("Interception asked for"),
    "orders.interception_accept": mark("Carrier sends the parcel back"),
    "orders.interception_fail": mark("Carrier could not stop the parcel"),
    "orders.interception_receive": mark("Intercepted parcel is back"),
    "orders.interception_tell_customer": mark("Customer told"),
    "orders.carrier_contacted": mark("Talked to the carrier"),
    "orders.customer_told": mark("Customer told"),
    "orders.carrier_case_opened": mark("Carrier case opened"),
    "orders.log_contact": mark("Talked to the carrier"),
    "orders.tell_customer": mark("Customer told"),
    "orders.carrier_case_closed": mark("Case closed"),
}
CHARTS = {"orders.shipment": Chart(SHIPMENT_LIFECYCLE), "orders.carrier_case": Chart(CASE_LIFECYCLE)}
CHARTS["orders.interception"] = Chart(INTERCEPTION_LIFECYCLE)
