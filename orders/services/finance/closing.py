"""Checking a settlement, and closing it for good by a second person. Nothing in a closed settlement ever changes."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.enums.completion import SettlementState
from orders.enums.finance import BatchState, DifferenceState
from orders.errors import NotCompared, OpenDifferences
from orders.models import Settlement, SettlementBatch
from orders.parameters.finance import CHECK_TIME, CLOSE_TIME
from orders.rules.finance.settlement import is_second_person
from orders.rules.followup import SETTLEMENT_LIFECYCLE
from orders.services.finance import batches


@transaction.atomic(savepoint=False)
def check_batch(*, batch_id: int, actor: Actor, now: datetime) -> SettlementBatch:
    """Say that the settlement is right; from now on only a second person closes it or sends it back.

    Raises: NotFound, Forbidden, IllegalTransition, OpenDifferences, NotCompared.
    SOP: O15
    """
    batch = batches.enter(batch_id, "check", actor)
    checker = batches.require_person(actor)
    _require_agreement(batch)
    batch.hands = batches.with_hand(batch, actor)
    batch.state, batch.checker_id, batch.checked_at = BatchState.CHECKED, checker, now
    batch.save(update_fields=["state", "checker", "checked_at", "hands"])
    batches.log(batch, "check", actor, now)
    batches.finish_work(batch, batches.CHECK, "checked", actor, now)
    batches.raise_work(batch, batches.CLOSE, now + value(CLOSE_TIME), now)
    return batch


@transaction.atomic(savepoint=False)
def send_back(*, batch_id: int, reason: str, actor: Actor, now: datetime) -> SettlementBatch:
    """Open a checked settlement again because something in it is wrong.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O15
    """
    batch = batches.enter(batch_id, "send_back", actor)
    batches.require_reason(reason)
    batch.state, batch.checker, batch.checked_at = BatchState.OPEN, None, None
    batch.save(update_fields=["state", "checker", "checked_at"])
    batches.log(batch, "send_back", actor, now, reason=reason)
    batches.finish_work(batch, batches.CLOSE, "sent_back", actor, now)
    batches.raise_work(batch, batches.CHECK, now + value(CHECK_TIME), now)
    return batch


@transaction.atomic(savepoint=False)
def close_batch(*, batch_id: int, actor: Actor, now: datetime) -> SettlementBatch:
    """Close a checked settlement for good: its orders are settled, and whatever comes later falls into the next one.

    Raises: NotFound, Forbidden (who has had a hand in it, superusers included), IllegalTransition, OpenDifferences.
    SOP: O15
    """
    batch = batches.enter(batch_id, "close", actor)
    if not is_second_person(closer=actor.staff_id, before=[*batch.hands, batch.checker_id]):
        raise Forbidden(mark("Who has made, changed or checked a settlement may not close it."), code="four_eyes")
    _require_agreement(batch)
    settled = SETTLEMENT_LIFECYCLE.transitions["settle"]
    Settlement.objects.filter(row__batch=batch, state__in=settled.sources).update(
        state=SettlementState.SETTLED, settled_at=now, settled_by=actor.label, reference=batch.number
    )
    batch.state, batch.closer_id, batch.closed_at = BatchState.CLOSED, actor.staff_id, now
    batch.save(update_fields=["state", "closer", "closed_at"])
    batches.log(batch, "close", actor, now)
    batches.finish_work(batch, batches.CLOSE, "closed", actor, now)
    return batch


def _require_agreement(batch: SettlementBatch) -> None:
    """Raises: OpenDifferences, NotCompared."""
    if found := batch.differences.filter(state=DifferenceState.OPEN).count():
        raise OpenDifferences(count=found)
    if batch.compared_at is None and batch.statement.exists():
        raise NotCompared()
