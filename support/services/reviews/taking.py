"""Product reviews: taken in once, told to those who look after the goods, answered in time."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.quality import FeedbackSource
from catalog.services.quality.feedback import Voice, take_feedback
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from orders.queries.links import Bought, bought
from support.enums.reviews import ReviewState
from support.enums.tickets import Channel, Priority, Stage, TicketType
from support.errors import AlreadyReviewed, NotReceived
from support.models import ProductReview, Ticket
from support.parameters.reviews import REPLY_STARS, REPLY_TIME, TICKET_STARS
from support.rules.reviews.reading import BEST, REVIEW_LIFECYCLE, reason_of
from support.rules.tickets.draft import TicketDraft
from support.services.knowledge import wording
from support.services.tickets.intake import open_ticket

KIND = "product_review"
REPLY = "support.reply_review"
LONGEST = 1000


@dataclass(frozen=True)
class ReviewDraft:
    """What a buyer says of one SKU of an order; `order` is a public id, a number or ``external:<shop>:<external_id>``."""

    order: str
    sku: str
    stars: int
    body: str


@transaction.atomic(savepoint=False)
def take_review(draft: ReviewDraft, *, actor: Actor, now: datetime) -> ProductReview:
    """Keep a review of something that was bought; the goods' people hear of it, and who is unhappy gets a ticket.

    Raises: Forbidden, Invalid (unknown order or SKU, not 1 to 5 stars), NotReceived, AlreadyReviewed.
    SOP: S14
    """
    actor.require("support.add_productreview")
    line = _bought(draft, actor)
    if ProductReview.objects.filter(order=line.order_id, sku=line.sku_id).exists():
        raise AlreadyReviewed()
    row = ProductReview.objects.create(
        shop_id=line.shop_id,
        order_id=line.order_id,
        sku_id=line.sku_id,
        product_id=line.product_id,
        stars=draft.stars,
        body=draft.body.strip(),
        written_at=now,
        is_test=line.is_test,
    )
    if not row.is_test:
        _pass_on(row, line, now)
    after = {"stars": row.stars, "sku": draft.sku, "order": line.number}
    record(Change("support.review_taken", KIND, row.public_id, line.shop, after=after), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def reply(*, review_id: int, text: str, actor: Actor, now: datetime) -> ProductReview:
    """Answer a review in public, or put the answer right.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing said, words that are not for customers).
    SOP: S14, S19
    """
    row = lock_one(ProductReview.objects.filter(pk=review_id).select_related("shop"))
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    REVIEW_LIFECYCLE.enter("reply", row.state, actor)
    if not text.strip():
        issue = Issue("/text", "required", mark("Say something."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    wording.check(text, actor=actor, now=now)
    row.state, row.reply, row.replied_by, row.replied_at = ReviewState.REPLIED, text.strip()[:LONGEST], actor.label, now
    row.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    resolve(kind=REPLY, subject_ids=[row.public_id], outcome="replied", actor=actor, now=now)
    after = {"state": row.state}
    record(Change("support.review_replied", KIND, row.public_id, row.shop.code, after=after), actor=actor, now=now)
    return row


def _bought(draft: ReviewDraft, actor: Actor) -> Bought:
    issues = []
    line = bought(draft.order, draft.sku, actor=actor)
    if line is None:
        issues.append(Issue("/order", "unknown_order", mark("There is no such order.")))
    elif not line.sku_id:
        issues.append(Issue("/sku", "unknown_sku", mark("This order has no such SKU.")))
    if not 1 <= draft.stars <= BEST:
        issues.append(Issue("/stars", "out_of_range", mark("Give 1 to 5 stars.")))
    if issues or line is None:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)
    if not line.sent:
        raise NotReceived()
    return line


def _pass_on(row: ProductReview, line: Bought, now: datetime) -> None:
    """Tell the goods' people, ask for an answer, and look after who is unhappy."""
    voice = Voice(
        sku=line.sku,
        source=FeedbackSource.REVIEW,
        reason=reason_of(row.body),
        ref=row.public_id,
        happened_at=now,
        rating=row.stars,
        text=row.body,
    )
    take_feedback(voices=[voice], actor=SYSTEM, now=now)
    if row.stars <= value(TICKET_STARS):
        row.ticket = _ticket(row, line, now)
        row.save(update_fields=["ticket"])
    if row.stars <= value(REPLY_STARS):
        params = {"stars": row.stars, "sku": line.sku}
        raise_item(Work(REPLY, KIND, row.public_id, now + value(REPLY_TIME), row.shop_id, params=params), now=now)


def _ticket(row: ProductReview, line: Bought, now: datetime) -> Ticket:
    stars = "★" * row.stars
    draft = TicketDraft(
        shop=line.shop,
        channel=Channel.WEB,
        subject=f"{stars} {line.title}"[:200],
        body=row.body or stars,
        stage=Stage.AFTER_SALE,
        type=TicketType.QUALITY,
        priority=Priority.HIGH,
        order=line.public_id,
        product=line.product,
    )
    return open_ticket(draft, actor=SYSTEM, now=now)
