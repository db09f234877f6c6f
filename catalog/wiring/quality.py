"""The work, the duties and the trail of what happens after publication."""

from collections.abc import Callable

from django.urls import reverse

from catalog.rules.quality.lifecycles import (
    ACCURACY_LIFECYCLE,
    AUDIT_LIFECYCLE,
    COMPLAINT_LIFECYCLE,
    SUGGESTION_LIFECYCLE,
)
from catalog.services.quality import accuracy, audits, complaint_steps, ledger, storefronts, suggestions
from catalog.services.quality.complaint_followup import EVIDENCE
from catalog.tasks import probes
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind


def _page(model: str) -> Callable[[str], str]:
    return lambda subject: reverse(f"admin:catalog_{model}_change", args=[subject])


_SPECIALIST, _SUPERVISOR = Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR
KINDS = (
    Kind(
        storefronts.UNREADABLE,
        mark("Storefronts that cannot be read"),
        mark("The storefront of %(shop)s cannot be read: %(failure)s"),
        Role.TECHNICAL,
        _page("storefront"),
        "C15",
    ),
    Kind(
        audits.WORK,
        mark("Sample audits"),
        mark("Audit a sample of %(count)s listings"),
        _SUPERVISOR,
        _page("qualityaudit"),
        "C17",
    ),
    Kind(
        ledger.WORK,
        mark("Errors of live listings"),
        mark("Correct an error of the listing: %(product)s"),
        _SPECIALIST,
        _page("listingerror"),
        "C17",
        _SUPERVISOR,
    ),
    Kind(
        accuracy.DIFFERS,
        mark("Listings that differ in the shop"),
        mark("The shop shows it otherwise: %(product)s"),
        _SPECIALIST,
        _page("accuracycheck"),
        "C18",
        _SUPERVISOR,
    ),
    Kind(
        accuracy.REVIEW,
        mark("Periodic reviews of listings"),
        mark("Review price, stock and description: %(product)s"),
        _SPECIALIST,
        _page("accuracycheck"),
        "C18",
        _SUPERVISOR,
    ),
    Kind(
        suggestions.WORK,
        mark("Suggestions"),
        mark("Decide on a suggestion for %(product)s"),
        _SPECIALIST,
        _page("suggestion"),
        "C19",
        _SUPERVISOR,
    ),
    Kind(
        complaint_steps.COMPLAINT,
        mark("Quality complaints"),
        mark("Answer the quality complaint about %(sku)s"),
        _SPECIALIST,
        _page("qualitycomplaint"),
        "C27",
        _SUPERVISOR,
    ),
    Kind(
        complaint_steps.ANSWER,
        mark("Answered quality complaints"),
        mark("Tell the customer the answer about %(sku)s"),
        Role.CUSTOMER_SERVICE,
        _page("qualitycomplaint"),
        "C27",
    ),
    Kind(
        complaint_steps.DELISTING,
        mark("Faulty goods on sale"),
        mark("Take %(sku)s off sale for its quality?"),
        _SUPERVISOR,
        _page("qualitycomplaint"),
        "C27",
    ),
    Kind(
        complaint_steps.FAULTY_STOCK,
        mark("Faulty stock"),
        mark("Check the stock of %(sku)s for faulty pieces"),
        Role.WAREHOUSE,
        _page("qualitycomplaint"),
        "C27",
    ),
)
FILES = {EVIDENCE.purpose: "catalog.view_qualitycomplaint"}
DUTIES = (
    Duty(
        "catalog.probe_checks",
        "*/2 * * * *",
        "C15",
        lambda slot, now: probes.probe_checks(now=now),
        mark("Read in the shop what was just published"),
    ),
    Duty(
        "catalog.probe_accuracy",
        "*/10 * * * *",
        "C18",
        lambda slot, now: probes.probe_accuracy(now=now),
        mark("Compare live listings with the shop"),
    ),
    Duty(
        "catalog.pick_reviews",
        "30 8 * * 1",
        "C18",
        lambda slot, now: accuracy.pick_reviews(now=now),
        mark("Choose the listings that a person reviews this week"),
    ),
    Duty(
        "catalog.draw_audit",
        "0 8 * * 1",
        "C17",
        lambda slot, now: audits.draw_weekly(slot=slot, now=now),
        mark("Draw the week's sample of listings"),
        every_slot=True,
    ),
    Duty(
        "catalog.suggest_changes",
        "0 7 * * *",
        "C19",
        lambda slot, now: suggestions.suggest(now=now),
        mark("Look for listings that feedback and sales speak against"),
    ),
    Duty(
        "catalog.follow_suggestions",
        "15 * * * *",
        "C19",
        lambda slot, now: suggestions.follow(now=now),
        mark("Measure what changed listings have brought"),
    ),
)
CHARTS = {
    "catalog.quality_complaint": Chart(COMPLAINT_LIFECYCLE),
    "catalog.suggestion": Chart(
        SUGGESTION_LIFECYCLE,
        {
            "published": mark("The draft is published"),
            "dropped": mark("The draft is given up"),
            "measure": mark("The effect is measured"),
        },
        frozenset({"published", "dropped", "measure"}),
    ),
    "catalog.accuracy_check": Chart(ACCURACY_LIFECYCLE),
    "catalog.sample_audit": Chart(AUDIT_LIFECYCLE),
}
LABELS = {
    "quality.visits_recorded": mark("Visitors of products recorded"),
    "catalog.storefront_set": mark("Storefront set"),
    "catalog.external_id_set": mark("Platform number noted"),
    "catalog.audit_drawn": mark("Sample drawn"),
    "catalog.audit_closed": mark("Sample audit closed"),
    "catalog.listing_error_found": mark("Error found"),
    "catalog.listing_error_corrected": mark("Error corrected"),
    "catalog.accuracy_checked": mark("Accuracy checked"),
    "catalog.feedback_taken": mark("Feedback taken in"),
    "catalog.suggested": mark("Change suggested"),
    "catalog.suggestion_moved": mark("Suggestion moved on"),
    "catalog.complaint_filed": mark("Complaint filed"),
    "catalog.complaint_take": mark("Investigation begun"),
    "catalog.complaint_answer": mark("Complaint answered"),
    "catalog.complaint_close": mark("Complaint closed"),
    "catalog.complaint_reopen": mark("Complaint reopened"),
    "catalog.complaint_attach": mark("Evidence attached"),
    "catalog.complaint_decide_delisting": mark("Delisting decided"),
    "catalog.complaint_confirm_stock": mark("Stock of faulty goods checked"),
}
