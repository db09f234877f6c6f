"""The work and the trail of product reviews."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.rules.reviews.reading import REVIEW_LIFECYCLE
from support.services.reviews import taking


def _page(public_id: str) -> str:
    return reverse("admin:support_productreview_change", args=[public_id])


KINDS = (
    Kind(
        taking.REPLY,
        mark("Reviews to answer"),
        mark("%(stars)s stars for %(sku)s: answer the review"),
        Role.CUSTOMER_SERVICE,
        _page,
        "S14",
    ),
)
DUTIES: tuple[Duty, ...] = ()
LABELS = {
    "support.review_taken": mark("Review taken in"),
    "support.review_replied": mark("Review answered"),
}
CHARTS = {"support.product_review": Chart(REVIEW_LIFECYCLE, {"reply": mark("Answer the review")})}
