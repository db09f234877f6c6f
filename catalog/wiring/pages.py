"""The work, the duties and the trail of store pages."""

from django.urls import reverse

from catalog.rules.pages.lifecycle import PAGE_LIFECYCLE
from catalog.services.pages import looking, steps, swapping
from catalog.tasks.pages import measure_pages
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind


def _version(public_id: str) -> str:
    return reverse("admin:catalog_pageversion_change", args=[public_id])


def _judge(public_id: str) -> str:
    return reverse("admin:catalog_pageversion_judge", args=[public_id])


KINDS = (
    Kind(steps.JUDGE, mark("Pages to judge"), mark("Judge the page: %(page)s"), Role.OPERATIONS_SUPERVISOR, _judge, "C25"),
    Kind(steps.RETURNED, mark("Pages to correct"), mark("Correct the page: %(page)s"), Role.DESIGNER, _version, "C25"),
    Kind(steps.PUBLISH, mark("Pages to publish"), mark("Publish the page: %(page)s"), Role.DESIGNER, _version, "C25"),
    Kind(
        looking.LOOK,
        mark("Pages to review"),
        mark("Review layout, colours and speed: %(page)s"),
        Role.DESIGNER,
        lambda subject: reverse("admin:catalog_pagereview_change", args=[subject]),
        "C25",
    ),
    Kind(
        looking.FINDING,
        mark("Page findings to put right"),
        mark("Put right on the page: %(page)s"),
        Role.DESIGNER,
        lambda subject: reverse("admin:catalog_pagefinding_change", args=[subject]),
        "C25",
    ),
)
DUTIES = (
    Duty(
        "catalog.swap_pages",
        "* * * * *",
        "C25",
        lambda slot, now: swapping.swap_due(now=now),
        mark("Put store pages live whose time has come"),
    ),
    Duty(
        "catalog.review_pages",
        "30 8 * * *",
        "C25",
        lambda slot, now: looking.open_reviews(now=now),
        mark("Ask the designer to look at store pages"),
    ),
    Duty("catalog.measure_pages", "*/10 3-5 * * *", "C25", measure_pages, mark("Measure how fast store pages load")),
)
LABELS = {
    "pages.created": mark("Page opened"),
    "pages.address": mark("Address changed"),
    "pages.drafted": mark("Draft written"),
    "pages.edit": mark("Draft changed"),
    "pages.submit": mark("Submitted for review"),
    "pages.withdraw": mark("Withdrawn"),
    "pages.approve": mark("Approved"),
    "pages.return": mark("Returned for changes"),
    "pages.reject": mark("Rejected"),
    "pages.schedule": mark("Publication scheduled"),
    "pages.publish": mark("Published"),
    "pages.replace": mark("Replaced by a newer version"),
    "pages.look_asked": mark("Page review due"),
    "pages.look_record": mark("Page reviewed"),
    "pages.finding_done": mark("Finding put right"),
}
CHARTS = {
    "catalog.page": Chart(
        PAGE_LIFECYCLE,
        {"edit": mark("Edit"), "approve": mark("Approve"), "return": mark("Return for changes"), "reject": mark("Reject")},
        frozenset({"replace"}),
    ),
}
