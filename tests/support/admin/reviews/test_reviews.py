"""Reviews are read and answered in the browser."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from support.models import Phrase, ProductReview
from support.services.reviews.taking import ReviewDraft, take_review
from tests.builders import NOW, a_shipped_order, a_shop
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop", "sku")
HOUR = timedelta(hours=1)


def review(stars: int, body: str = "Hm") -> ProductReview:
    order: Any = a_shipped_order("TS-RED-M", 1)
    return take_review(ReviewDraft(order.public_id, "TS-RED-M", stars, body), actor=SYSTEM, now=NOW - HOUR)


@pytest.mark.sop("S14")
def test_the_desk_answers_a_review_and_puts_the_answer_right(agent: Staff) -> None:
    row = review(2)
    item = WorkItem.objects.get(kind="support.reply_review")
    assert (item.due_at, item.role) == (NOW + 23 * HOUR, Role.CUSTOMER_SERVICE)
    assert agent.send("support_productreview_command", row.pk, "reply", text="Sorry").status_code == 302
    assert agent.send("support_productreview_command", row.pk, "reply", text="We are sorry").status_code == 302
    row.refresh_from_db()
    item.refresh_from_db()
    assert (row.state, row.reply, row.replied_at, item.outcome) == ("replied", "We are sorry", NOW, "replied")
    assert "We are sorry" in text_of(agent.open("support_productreview_change", row.public_id))


@pytest.mark.sop("S14", refused=True)
def test_rude_or_empty_answers_and_strangers_are_refused(agent: Staff) -> None:
    row = review(3)
    Phrase.objects.create(phrase="自己看", kind="impolite", instead="我来说明")
    product, elsewhere = Staff(Role.PRODUCT_SPECIALIST), Staff(Role.CUSTOMER_SERVICE, shops=[a_shop("jd-01")])
    before = row_counts()
    assert agent.send("support_productreview_command", row.pk, "reply", text=" ").status_code == 422
    refused = agent.send("support_productreview_command", row.pk, "reply", text="请自己看")
    assert (refused.status_code, "我来说明" in text_of(refused)) == (422, True)
    assert product.send("support_productreview_command", row.pk, "reply", text="x").status_code == 403
    assert elsewhere.send("support_productreview_command", row.pk, "reply", text="x").status_code == 404
    assert row_counts() == before


@pytest.mark.sop("S14")
def test_the_list_says_which_products_are_liked_least(supervisor: Staff) -> None:
    for stars in (5, 1):
        review(stars)
    page = text_of(supervisor.open("support_productreview_changelist"))
    assert ("3.00" in page, "Lowest products" in page) == (True, True)
