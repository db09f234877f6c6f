"""Cancelling an order that the warehouse system has taken over: it is asked, and its answer decides. SOP: O18"""

import json
from datetime import datetime

from django.db import transaction
from django.db.models import F

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.parameters.queries import value
from orders.enums.fulfilment import PushState, RecallState
from orders.errors import BeingCancelled
from orders.models import Order, WarehousePush, WarehouseRecall
from orders.parameters.fulfilment import PUSH_ATTEMPTS, PUSH_WAIT
from orders.queries.fulfilment.pushes import recall_message
from orders.rules.fulfilment.pushes import RECALL_LIFECYCLE, RecallReply, may_be_there, next_try
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import cancelling, steps
from orders.services.fulfilment import pushes
from orders.services.fulfilment.pushes import Parcelled
from orders.services.fulfilment.recall_rows import KIND, move

__all__ = ["RecallReply", "ask", "claim", "miss_recall", "record_reply", "retry_recall", "settle_recall", "stop_recall"]


def ask(order: Order, *, reason: str, actor: Actor, now: datetime) -> bool:
    """Ask the warehouse system to stop an order that it has, or may have; False when it has never got it, so that nothing
    stands in the way. The caller holds the order's lock.

    An order that is being sent at this moment is asked about when that is over.
    Raises: BeingCancelled (it was asked already).
    SOP: O18
    """
    if WarehouseRecall.objects.filter(order=order).exists():
        raise BeingCancelled()
    push = lock_many(WarehousePush.objects.filter(order=order).select_related("order__shop"))
    if not push or not may_be_there(state=push[0].state, was_sent=push[0].sent_at is not None):
        return False
    confirmed = push[0].state == PushState.CONFIRMED
    if not confirmed:
        pushes.withdraw(push, actor=actor, now=now)
    row = WarehouseRecall.objects.create(
        order=order,
        reason=reason.strip(),
        asked_at=now,
        asked_by=actor.label,
        next_try_at=now if confirmed else now + value(PUSH_WAIT),
    )
    after = {"state": row.state, "order": order.number}
    record(
        Change("orders.recall_asked", KIND, row.public_id, shop=order.shop.code, after=after, reason=reason),
        actor=actor,
        now=now,
    )
    return True


@transaction.atomic
def claim(*, limit: int, now: datetime) -> list[Parcelled]:
    """The cancellations whose turn it is, with what is said of them; an attempt that is cut off is made again later.

    SOP: O18
    """
    waiting = WarehouseRecall.objects.filter(state=RecallState.WAITING, next_try_at__lte=now)
    rows = lock_many(waiting.select_related("order__shop"), limit=limit)
    WarehouseRecall.objects.filter(pk__in=[row.pk for row in rows]).update(
        attempts=F("attempts") + 1, sent_at=now, next_try_at=now + value(PUSH_WAIT)
    )
    return [
        Parcelled(row.pk, row.public_id, json.dumps(recall_message(row), ensure_ascii=False, sort_keys=True).encode())
        for row in rows
    ]


@transaction.atomic
def record_reply(*, recall_id: int, reply: RecallReply, now: datetime) -> WarehouseRecall:
    """Keep what came of asking: the order is cancelled, or goes its way and somebody is told, or it is asked again.

    Raises: NotFound.
    SOP: O18
    """
    row = _lock(recall_id, SYSTEM)
    if row.state != RecallState.WAITING:
        return row
    state, again = reply.state, None
    if state == RecallState.WAITING:
        again = next_try(attempts=row.attempts, most=value(PUSH_ATTEMPTS), first_wait=value(PUSH_WAIT), now=now)
        state = RecallState.WAITING if again else RecallState.UNANSWERED
    row.next_try_at, row.last_error = again, reply.reason
    row.answered_at = now if reply.state != RecallState.WAITING else None
    row.save(update_fields=["next_try_at", "last_error", "answered_at"])
    if state != RecallState.WAITING:
        _decide(row, state, SYSTEM, now, reply.reason)
    return row


@transaction.atomic(savepoint=False)
def retry_recall(*, recall_id: int, reason: str, actor: Actor, now: datetime) -> WarehouseRecall:
    """Ask the warehouse system again. Raises: NotFound, Forbidden, IllegalTransition. SOP: O18"""
    row = _enter(recall_id, "retry", actor)
    row.attempts, row.next_try_at = 0, now
    row.save(update_fields=["attempts", "next_try_at"])
    move(row, RecallState.WAITING, actor=actor, now=now, reason=reason)
    return row


@transaction.atomic(savepoint=False)
def stop_recall(*, recall_id: int, reason: str, actor: Actor, now: datetime) -> WarehouseRecall:
    """The warehouse says otherwise that the order is stopped: it is cancelled.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O18
    """
    row = _enter(recall_id, "stop", actor)
    _decide(row, RecallState.STOPPED, actor, now, reason)
    return row


@transaction.atomic(savepoint=False)
def miss_recall(*, recall_id: int, reason: str, actor: Actor, now: datetime) -> WarehouseRecall:
    """The warehouse says otherwise that it is too late. Raises: NotFound, Forbidden, IllegalTransition. SOP: O18"""
    row = _enter(recall_id, "miss", actor)
    _decide(row, RecallState.TOO_LATE, actor, now, reason)
    return row


@transaction.atomic(savepoint=False)
def settle_recall(*, recall_id: int, reason: str, actor: Actor, now: datetime) -> WarehouseRecall:
    """The customer knows that it was too late, and what happens instead.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O18
    """
    row = _enter(recall_id, "settle", actor)
    move(row, RecallState.SETTLED, actor=actor, now=now, reason=reason)
    return row


def _decide(row: WarehouseRecall, state: RecallState, actor: Actor, now: datetime, reason: str) -> None:
    """What the answer does to the order."""
    move(row, state, actor=actor, now=now, reason=reason)
    if state == RecallState.STOPPED:
        step = ORDER_LIFECYCLE.enter("cancel", row.order.status, SYSTEM)
        cancelling.cancel(row.order, step, reason=row.reason, actor=actor, now=now)
    if state == RecallState.TOO_LATE:
        pushes.found_there(row.order, actor=actor, now=now)


def _enter(recall_id: int, name: str, actor: Actor) -> WarehouseRecall:
    actor.require(RECALL_LIFECYCLE.transitions[name].permission)
    row = _lock(recall_id, actor)
    RECALL_LIFECYCLE.enter(name, row.state, actor)
    return row


def _lock(recall_id: int, actor: Actor) -> WarehouseRecall:
    """Lock the order, then the row. Raises: NotFound."""
    order_id = WarehouseRecall.objects.filter(pk=recall_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound()
    order = steps.lock_orders([order_id], actor)[0]
    row = lock_one(WarehouseRecall.objects.filter(pk=recall_id))
    row.order = order
    return row
