"""The work, the duties and the trail of products and listings."""

from django.urls import reverse

from catalog.enums.listings import CheckState
from catalog.rules.listing_lifecycle import CHECK_LIFECYCLE, LISTING_LIFECYCLE
from catalog.services import listing_steps, post_publish, publishing
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind


def _listing(public_id: str) -> str:
    return reverse("admin:catalog_listingrevision_change", args=[public_id])


def _review(public_id: str) -> str:
    return reverse("admin:catalog_listingrevision_review", args=[public_id])


def _check(public_id: str) -> str:
    return reverse("admin:catalog_postpublishcheck_change", args=[public_id])


_SPECIALIST, _SUPERVISOR = Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR
KINDS = (
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
)
DUTIES = (
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
LABELS = {
    "catalog.category_created": mark("Category created"),
    "catalog.category_changed": mark("Category changed"),
    "catalog.word_added": mark("Banned word added"),
    "catalog.word_changed": mark("Banned word changed"),
    "catalog.product_taken_over": mark("Product taken over"),
    "listings.drafted": mark("Draft written"),
    "listings.prices_kept": mark("Prices on sale kept"),
    "listings.edit": mark("Draft changed"),
    "listings.submit": mark("Submitted for review"),
    "listings.withdraw": mark("Withdrawn"),
    "listings.pass_material": mark("Material approved"),
    "listings.return_material": mark("Returned for changes"),
    "listings.reject_material": mark("Rejected"),
    "listings.release": mark("Release approved"),
    "listings.return_final": mark("Returned for changes"),
    "listings.reject_final": mark("Rejected"),
    "listings.waive_margin": mark("Margin waived"),
    "listings.schedule": mark("Publication scheduled"),
    "listings.publish": mark("Published"),
    "listings.delist": mark("Taken off sale"),
    "listings.relist": mark("Put on sale again"),
    "listings.replace_draft": mark("Replaced by a newer draft"),
    "listings.replace_live": mark("Replaced by a newer revision"),
    "listings.checked": mark("Listing checked"),
    "listings.check_overdue": mark("Check overdue"),
    "listings.probe_asked": mark("Probe asked for"),
}
LISTING_STEPS = {
    "edit": mark("Edit"),
    "pass_material": mark("Approve"),
    "return_material": mark("Return for changes"),
    "reject_material": mark("Reject"),
    "release": mark("Approve"),
    "return_final": mark("Return for changes"),
    "reject_final": mark("Reject"),
    "waive_finding": mark("Waive"),
    "replace_draft": mark("Replaced by a newer draft"),
    "replace_live": mark("Replaced by a newer revision"),
}
CHARTS = {
    "catalog.listing": Chart(LISTING_LIFECYCLE, LISTING_STEPS, frozenset({"replace_draft", "replace_live"})),
    "catalog.published_check": Chart(CHECK_LIFECYCLE, outcomes={"record": (CheckState.PASSED, CheckState.FAILED)}),
}
