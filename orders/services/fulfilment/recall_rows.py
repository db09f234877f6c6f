"""The state of cancellations at the warehouse, and the work that it makes."""

from collections.abc import Collection
from datetime import datetime

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.common.text import inner
from opsdesk.inbox import services as inbox
from opsdesk.outbound.client import in_words
from opsdesk.parameters.queries import value
from orders.enums.fulfilment import RecallState
from orders.models import Order, WarehouseRecall
from orders.parameters.fulfilment import PUSH_TIME, RECALL_TIME

KIND = "warehouse_recall"
OPEN_WORK, LATE_WORK = "orders.recall_unanswered", "orders.recall_too_late"
ASKED = (RecallState.WAITING, RecallState.UNANSWERED)


def move(row: WarehouseRecall, state: RecallState, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Put a locked row into a state: its work, its audit entry. The row's order is at hand with its shop."""
    before, row.state = row.state, state
    WarehouseRecall.objects.filter(pk=row.pk).update(state=state)
    inbox.resolve(kind=OPEN_WORK, subject_ids=[row.public_id], outcome=str(state), actor=actor, now=now)
    inbox.resolve(kind=LATE_WORK, subject_ids=[row.public_id], outcome=str(state), actor=actor, now=now)
    if state == RecallState.UNANSWERED:
        _raise(OPEN_WORK, row, now, now + value(PUSH_TIME), reason=inner(in_words(reason)))
    if state == RecallState.TOO_LATE:
        _raise(LATE_WORK, row, now, now + value(RECALL_TIME))
    change = Change(
        f"orders.recall_{state}",
        KIND,
        row.public_id,
        shop=row.order.shop.code,
        before={"state": str(before)},
        after={"state": state.value, "order": row.order.number},
        reason=reason,
    )
    record(change, actor=actor, now=now)


def intercepted(order: Order, *, reason: str, actor: Actor, now: datetime) -> None:
    """The carrier is asked to stop what the warehouse could not: that settles the cancellation. The caller holds the
    order's lock. SOP: O18"""
    for row in lock_many(WarehouseRecall.objects.filter(order=order, state=RecallState.TOO_LATE)):
        row.order = order
        move(row, RecallState.SETTLED, actor=actor, now=now, reason=reason)


def left_all_the_same(orders: Collection[Order], *, actor: Actor, now: datetime) -> list[WarehouseRecall]:
    """Of orders that have just left: those that were to be stopped; what was not answered was too late. The caller holds
    the orders' locks. SOP: O18"""
    by_key = {order.pk: order for order in orders}
    rows = lock_many(WarehouseRecall.objects.filter(order__in=list(by_key), state__in=[*ASKED, RecallState.TOO_LATE]))
    for row in rows:
        row.order = by_key[row.order_id]
        if row.state in ASKED:
            move(row, RecallState.TOO_LATE, actor=actor, now=now)
    return rows


def _raise(kind: str, row: WarehouseRecall, now: datetime, due_at: datetime, **more: object) -> None:
    params = {"number": row.order.number, **more}
    inbox.raise_item(inbox.Work(kind, KIND, row.public_id, due_at, shop_id=row.order.shop_id, params=params), now=now)
