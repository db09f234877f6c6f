"""The work, the duty, the trail and the users of images."""

from django.urls import reverse

from catalog.queries.media.usage import UsageKind, listing_uses, page_uses, used_in_listings, used_on_pages
from catalog.rules.media.lifecycle import BRIEF_LIFECYCLE
from catalog.services.media import briefs
from catalog.services.media.thumbnails import FAILED_KIND
from catalog.tasks.thumbnails import make_due
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind


def _brief(public_id: str) -> str:
    return reverse("admin:catalog_designbrief_change", args=[public_id])


def _asset(public_id: str) -> str:
    return reverse("admin:catalog_mediaasset_change", args=[public_id])


def _listing(public_id: str) -> str:
    return reverse("admin:catalog_listingrevision_change", args=[public_id])


def _page(public_id: str) -> str:
    return reverse("admin:catalog_pageversion_change", args=[public_id])


_SUPERVISOR = Role.PRODUCT_SUPERVISOR
KINDS = (
    Kind(briefs.MAKE, mark("Images to make"), mark("Make the image: %(title)s"), Role.DESIGNER, _brief, "C6", _SUPERVISOR),
    Kind(
        briefs.REWORK,
        mark("Images to rework"),
        mark("Rework the image: %(title)s"),
        Role.DESIGNER,
        _brief,
        "C6",
        _SUPERVISOR,
    ),
    Kind(
        briefs.JUDGE,
        mark("Images to judge"),
        mark("Judge the delivered image: %(title)s"),
        Role.PRODUCT_SPECIALIST,
        _brief,
        "C6",
        _SUPERVISOR,
    ),
    Kind(
        FAILED_KIND,
        mark("Images without thumbnails"),
        mark("No thumbnails could be made: %(title)s"),
        Role.DESIGNER,
        _asset,
        "C6",
        _SUPERVISOR,
    ),
)
DUTIES = (
    Duty(
        "catalog.make_thumbnails",
        "* * * * *",
        "C6",
        lambda slot, now: make_due(now=now),
        mark("Make the thumbnails of new images"),
    ),
)
USAGE = (
    UsageKind("listing", mark("Listing"), listing_uses, used_in_listings, _listing),
    UsageKind("page", mark("Store page"), page_uses, used_on_pages, _page),
)
CHARTS = {"catalog.design_brief": Chart(BRIEF_LIFECYCLE, {"deliver": mark("Deliver an image")})}
LABELS = {
    "images.uploaded": mark("Image uploaded"),
    "images.describe": mark("Image renamed and filed"),
    "images.retry": mark("Thumbnails asked for again"),
    "images.archive": mark("Image archived"),
    "images.restore": mark("Image taken back into the library"),
    "images.standard_added": mark("Image standard added"),
    "images.standard_changed": mark("Image standard changed"),
    "briefs.asked": mark("Image asked for"),
    "briefs.start": mark("Work started"),
    "briefs.deliver": mark("Image delivered"),
    "briefs.accept": mark("Delivery accepted"),
    "briefs.send_back": mark("Delivery sent back"),
    "briefs.comment": mark("Comment written"),
    "briefs.cancel": mark("Brief cancelled"),
}
