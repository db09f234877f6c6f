"""Registers what the kernel has to know of the catalog."""

from django.urls import reverse

from catalog.enums import CheckState
from catalog.parameters import PARAMETERS
from catalog.rules.alerts import ALERT_LIFECYCLE
from catalog.rules.listing_lifecycle import CHECK_LIFECYCLE, LISTING_LIFECYCLE
from catalog.services import listing_steps, post_publish, publishing, sold_out
from catalog.services.alerts import KIND as STOCK_LOW
from catalog.services.alerts import LATE_KIND as STOCK_LATE
from catalog.services.alerts import scan_thresholds
from catalog.services.stock_sync import JUMP_KIND
from catalog.wiring.audit_labels import LABELS
from opsdesk.accounts.roles import Role
from opsdesk.audit import labels
from opsdesk.common.text import mark
from opsdesk.duties import definitions as duties
from opsdesk.duties.definitions import Duty
from opsdesk.handbook import charts
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.parameters import definitions as parameters


def _listing(public_id: str) -> str:
    return reverse("admin:catalog_listingrevision_change", args=[public_id])


def _review(public_id: str) -> str:
    return reverse("admin:catalog_listingrevision_review", args=[public_id])


def _check(public_id: str) -> str:
    return reverse("admin:catalog_postpublishcheck_change", args=[public_id])


STOCK_KINDS = (
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
STOCK_DUTIES = (
    Duty(
        "catalog.scan_thresholds",
        "*/5 * * * *",
        "C12",
        lambda slot, now: scan_thresholds(now=now),
        mark("Look for goods that run short"),
    ),
)

_SPECIALIST, _SUPERVISOR = Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR
LISTING_KINDS = (
    Kind(listing_steps.MATERIAL, mark("Material reviews"), mark("Material review: %(product)s"), _SUPERVISOR, _review, "C4"),
    Kind(
        listing_steps.FINAL,
        mark("Release reviews"),
        mark("Release review: %(product)s"),
        Role.OPERATIONS_SUPERVISOR,
        _review,
        "C13",
    ),
    Kind(
        listing_steps.RETURNED,
        mark("Listings to correct"),
        mark("Correct the listing: %(product)s"),
        _SPECIALIST,
        _listing,
        "C4",
        _SUPERVISOR,
    ),
    Kind(
        listing_steps.PUBLISH,
        mark("Listings to publish"),
        mark("Publish the listing: %(product)s"),
        _SPECIALIST,
        _listing,
        "C14",
        _SUPERVISOR,
    ),
    Kind(
        listing_steps.CHECK,
        mark("Published listings to check"),
        mark("Check the published listing: %(product)s"),
        _SPECIALIST,
        _check,
        "C15",
        _SUPERVISOR,
    ),
    Kind(
        listing_steps.CHECK_FAILED,
        mark("Listings to repair"),
        mark("Repair the listing at once: %(product)s"),
        _SPECIALIST,
        _check,
        "C15",
        _SUPERVISOR,
    ),
    Kind(
        listing_steps.CHECK_OVERDUE,
        mark("Published listings not checked"),
        mark("Published listing was not checked: %(product)s"),
        _SUPERVISOR,
        _check,
        "C15",
    ),
    Kind(
        listing_steps.SOLD_OUT,
        mark("Sold out listings"),
        mark("Sold out, take off sale? %(product)s"),
        _SPECIALIST,
        _listing,
        "C20",
        _SUPERVISOR,
    ),
)
LISTING_DUTIES = (
    Duty(
        "catalog.propose_delisting",
        "20 * * * *",
        "C20",
        lambda slot, now: sold_out.propose_delisting(now=now),
        mark("Ask whether to take off sale what has sold out"),
    ),
    Duty(
        "catalog.publish_due",
        "* * * * *",
        "C14",
        lambda slot, now: publishing.publish_due(now=now),
        mark("Publish listings whose time has come"),
    ),
    Duty(
        "catalog.escalate_checks",
        "*/5 * * * *",
        "C15",
        lambda slot, now: post_publish.escalate_overdue(now=now),
        mark("Escalate published listings that nobody checked"),
    ),
)

LISTING_STEPS = {
    "edit": mark("Edit"),
    "pass_material": mark("Approve"),
    "return_material": mark("Return for changes"),
    "reject_material": mark("Reject"),
    "release": mark("Approve"),
    "return_final": mark("Return for changes"),
    "reject_final": mark("Reject"),
    "replace_draft": mark("Replaced by a newer draft"),
    "replace_live": mark("Replaced by a newer revision"),
}


def register() -> None:
    """Called once, when the applications are ready."""
    parameters.register(PARAMETERS)
    labels.register(LABELS)
    kinds.register(STOCK_KINDS)
    duties.register(STOCK_DUTIES)
    kinds.register(LISTING_KINDS)
    duties.register(LISTING_DUTIES)
    charts.register("catalog.stock_alert", ALERT_LIFECYCLE, labels={"resolve": mark("Stock is back")}, system=("resolve",))
    charts.register("catalog.listing", LISTING_LIFECYCLE, labels=LISTING_STEPS, system=("replace_draft", "replace_live"))
    charts.register("catalog.published_check", CHECK_LIFECYCLE, outcomes={"record": (CheckState.PASSED, CheckState.FAILED)})
