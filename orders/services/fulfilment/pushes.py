"""Handing released orders over to the warehouse system: whose turn it is, what it said, and the work when it did not."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import inner
from opsdesk.inbox import services as inbox
from opsdesk.outbound.client import in_words
from opsdesk.parameters.queries import value
from orders.enums.fulfilment import PushState
from orders.enums.orders import OrderStatus
from orders.models import WarehousePush
from orders.parameters.fulfilment import PUSH_ATTEMPTS, PUSH_TIME, PUSH_WAIT
from orders.queries.fulfilment.pushes import messages, open_hold, unsent
from orders.rules.fulfilment.pushes import PUSH_LIFECYCLE, Reply, next_try

__all__ = ["Reply", "claim", "queue_released", "record_reply", "retry_push", "settle_push"]

KIND = "warehouse_push"
WORK = "orders.push_failed"


@dataclass(frozen=True)
class Parcelled:
    """One order to be sent."""

    push_id: int
    key: str
    body: bytes


@transaction.atomic
def queue_released(*, limit: int, now: datetime) -> int:
    """Queue released orders without a hold that were not handed over yet, the oldest first; returns how many. SOP: O6"""
    keys = list(unsent().order_by("pk").values_list("pk", flat=True)[:limit])
    rows = [WarehousePush(order_id=key, queued_at=now, next_try_at=now) for key in keys]
    WarehousePush.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def claim(*, limit: int, now: datetime) -> list[Parcelled]:
    """The orders whose turn it is, with what is said of them; an attempt that is cut off is made again later.

    An order on hold waits. What is cancelled, or was packed without the warehouse system, is not sent any more.
    SOP: O6
    """
    waiting = WarehousePush.objects.filter(state=PushState.WAITING, next_try_at__lte=now)
    _withdraw(lock_many(waiting.exclude(order__status=OrderStatus.PROCESSING).select_related("order__shop")), now)
    rows = lock_many(waiting.filter(~open_hold("order"), order__status=OrderStatus.PROCESSING), limit=limit)
    WarehousePush.objects.filter(pk__in=[row.pk for row in rows]).update(
        attempts=F("attempts") + 1, sent_at=now, next_try_at=now + value(PUSH_WAIT)
    )
    said = messages([row.order_id for row in rows])
    return [
        Parcelled(row.pk, row.public_id, json.dumps(said[row.order_id], ensure_ascii=False, sort_keys=True).encode())
        for row in rows
    ]


@transaction.atomic
def record_reply(*, push_id: int, reply: Reply, now: datetime) -> WarehousePush:
    """Keep what came of an attempt: taken over, rejected, to be tried again, or given up, which is work for the warehouse.

    Raises: NotFound.
    SOP: O6
    """
    row = lock_one(WarehousePush.objects.filter(pk=push_id).select_related("order__shop"))
    if row.state != PushState.WAITING:
        return row
    state, again = reply.state, None
    if state == PushState.WAITING:
        again = next_try(attempts=row.attempts, most=value(PUSH_ATTEMPTS), first_wait=value(PUSH_WAIT), now=now)
        state = PushState.WAITING if again else PushState.UNANSWERED
    row.next_try_at, row.last_error, row.reference = again, reply.reason, reply.reference
    row.answered_at = row.answered_at if reply.state == PushState.WAITING else now
    row.save(update_fields=["next_try_at", "last_error", "reference", "answered_at"])
    if state != PushState.WAITING:
        _move([row], state, actor=SYSTEM, now=now, reason=reply.reason)
    if state in (PushState.REJECTED, PushState.UNANSWERED):
        params = {"number": row.order.number, "reason": inner(in_words(reply.reason))}
        due = now + value(PUSH_TIME)
        inbox.raise_item(inbox.Work(WORK, KIND, row.public_id, due, shop_id=row.order.shop_id, params=params), now=now)
    return row


@transaction.atomic(savepoint=False)
def retry_push(*, push_id: int, reason: str, actor: Actor, now: datetime) -> WarehousePush:
    """Send an order again that was rejected or stayed unanswered: what was wrong is put right.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O6
    """
    row = _enter(push_id, "retry", actor)
    row.attempts, row.next_try_at = 0, now
    row.save(update_fields=["attempts", "next_try_at"])
    return _finish(row, "retry", reason, actor, now)


@transaction.atomic(savepoint=False)
def settle_push(*, push_id: int, reason: str, actor: Actor, now: datetime) -> WarehousePush:
    """The warehouse has got the order in another way, or works on it here.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O6
    """
    return _finish(_enter(push_id, "settle", actor), "settle", reason, actor, now)


def _enter(push_id: int, name: str, actor: Actor) -> WarehousePush:
    row = lock_one(WarehousePush.objects.filter(pk=push_id).select_related("order__shop"))
    PUSH_LIFECYCLE.enter(name, row.state, actor)
    return row


def _finish(row: WarehousePush, name: str, reason: str, actor: Actor, now: datetime) -> WarehousePush:
    inbox.resolve(kind=WORK, subject_ids=[row.public_id], outcome=name, actor=actor, now=now)
    _move([row], PushState(str(PUSH_LIFECYCLE.transitions[name].target)), actor=actor, now=now, reason=reason)
    return row


def _withdraw(rows: Sequence[WarehousePush], now: datetime) -> None:
    if rows:
        _move(rows, PushState.WITHDRAWN, actor=SYSTEM, now=now)


def _move(rows: Sequence[WarehousePush], state: PushState, *, actor: Actor, now: datetime, reason: str = "") -> None:
    WarehousePush.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
    changes = []
    for row in rows:
        before, row.state = row.state, state
        changes.append(
            Change(
                f"orders.push_{state}",
                KIND,
                row.public_id,
                shop=row.order.shop.code,
                before={"state": str(before)},
                after={"state": state.value},
                reason=reason,
            )
        )
    record_many(changes, actor=actor, now=now)
