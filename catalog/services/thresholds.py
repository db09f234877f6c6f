"""What people decide about stock: a SKU's alert threshold, and whether a jump of a balance is right."""

from datetime import datetime

from django.db import transaction

from catalog.models import Sku, StockItem
from catalog.services.stock_sync import ITEM_KIND, JUMP_KIND
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import resolve

MAX_THRESHOLD = 1_000_000


@transaction.atomic
def change_threshold(*, sku_id: int, threshold: int | None, reason: str = "", actor: Actor, now: datetime) -> Sku:
    """Give a SKU an alert threshold of its own, in pieces; None means the parameter's.

    Raises: NotFound, Forbidden, Invalid.
    SOP: C12
    """
    actor.require("catalog.change_threshold")
    if threshold is not None and not 0 <= threshold <= MAX_THRESHOLD:
        message = mark("It must lie between %(minimum)s and %(maximum)s.")
        issue = Issue("/threshold", "out_of_range", message, {"minimum": 0, "maximum": MAX_THRESHOLD})
        raise Invalid(message, code=issue.code, issues=[issue], minimum=0, maximum=MAX_THRESHOLD)
    sku = lock_one(Sku.objects.filter(pk=sku_id))
    before, sku.alert_threshold = sku.alert_threshold, threshold
    sku.save(update_fields=["alert_threshold"])
    change = Change(
        "catalog.threshold_changed",
        "sku",
        sku.public_id,
        before={"threshold": before},
        after={"threshold": threshold},
        reason=reason,
    )
    record(change, actor=actor, now=now)
    return sku


@transaction.atomic
def confirm_jump(*, item_id: int, reason: str, actor: Actor, now: datetime) -> StockItem:
    """Say that a balance which jumped has been looked at, and what came of it.

    Raises: NotFound, Forbidden, Conflict (no jump is waiting).
    SOP: C11
    """
    actor.require("catalog.approve_stock_adjustment")
    item = lock_one(StockItem.objects.filter(pk=item_id))
    if not resolve(kind=JUMP_KIND, subject_ids=[item.public_id], outcome="confirmed", actor=actor, now=now):
        raise Conflict(mark("No jump of this balance waits to be looked at."), code="nothing_to_confirm")
    change = Change("catalog.jump_confirmed", ITEM_KIND, item.public_id, after={"on_hand": item.on_hand}, reason=reason)
    record(change, actor=actor, now=now)
    return item
