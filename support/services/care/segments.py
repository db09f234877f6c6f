"""Whom return visits and broadcasts are for."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from catalog.queries.lookup import product_by_code
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.shops.queries import visible_to
from support.models import Segment

KIND = "segment"
CHANGE = "support.change_segment"


@dataclass(frozen=True)
class SegmentText:
    """Who belongs to it. `product` is a code; `min_spend` is in the shop's currency, after refunds."""

    title: str
    shop_id: int
    bought_within_days: int
    min_orders: int = 1
    min_spend: Decimal = Decimal(0)
    product: str = ""
    tag: str = ""


@transaction.atomic(savepoint=False)
def write_segment(*, segment_id: int | None, text: SegmentText, actor: Actor, now: datetime) -> Segment:
    """Write a segment, or write one anew.

    Raises: NotFound (also for another shop's), Forbidden, Invalid (no such product), Conflict (the title is taken).
    SOP: S16, S17
    """
    actor.require(CHANGE)
    row = lock_one(Segment.objects.filter(pk=segment_id)) if segment_id else Segment()
    shops = visible_to(actor)
    if not shops.filter(pk=text.shop_id).exists() or (segment_id and not shops.filter(pk=row.shop_id).exists()):
        raise NotFound()
    product = product_by_code(text.product) if text.product else None
    if text.product and product is None:
        issue = Issue("/product", "unknown_product", mark("There is no such product."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    if Segment.objects.filter(title=text.title).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a segment of this title already."), code="exists")
    row.title, row.shop_id, row.product_id, row.tag = (
        text.title,
        text.shop_id,
        product.pk if product else None,
        text.tag.strip(),
    )
    row.bought_within_days, row.min_orders, row.min_spend = text.bought_within_days, text.min_orders, text.min_spend
    row.save()
    after = {"title": row.title, "orders": row.min_orders, "tag": row.tag}
    record(Change("support.segment_written", KIND, row.public_id, after=after), actor=actor, now=now)
    return row
