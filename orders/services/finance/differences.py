"""Resolving differences from the platform's statement, each with a reason and, where it fits, an adjustment."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.inbox.services import resolve
from orders.enums.finance import BatchState, DifferenceKind, DifferenceState
from orders.errors import SettlementNotOpen
from orders.models import SettlementBatch, StatementDifference
from orders.rules.finance.settlement import DIFFERENCE_LIFECYCLE
from orders.services.finance import batches
from orders.services.finance.gathering import add_up
from orders.services.finance.statements import KIND, WORK


@transaction.atomic(savepoint=False)
def resolve_difference(
    *, difference_id: int, reason: str, adjustment: Decimal | None = None, actor: Actor, now: datetime
) -> StatementDifference:
    """Say why our settlement and the statement disagree on an order, and adjust the settlement if we were wrong.

    Raises: NotFound, Forbidden, IllegalTransition, SettlementNotOpen, Invalid (no reason, an adjustment of nothing).
    SOP: O15
    """
    actor.require(DIFFERENCE_LIFECYCLE.transitions["resolve"].permission)
    key = StatementDifference.objects.filter(pk=difference_id).values_list("batch_id", flat=True).first()
    batch = lock_one(SettlementBatch.objects.filter(pk=key or 0).select_related("shop"))
    row = lock_one(StatementDifference.objects.filter(pk=difference_id))
    if not actor.sees_shop(batch.shop_id):
        raise NotFound()
    DIFFERENCE_LIFECYCLE.enter("resolve", row.state, actor)
    if batch.state != BatchState.OPEN:
        raise SettlementNotOpen()
    batches.require_reason(reason)
    if adjustment is not None:
        row.adjustment = batches.add_adjustment(batch, adjustment, reason, order_id=row.order_id, now=now)
    row.state, row.reason, row.resolved_at, row.resolved_by = DifferenceState.RESOLVED, reason.strip(), now, actor.label
    row.save(update_fields=["state", "reason", "resolved_at", "resolved_by", "adjustment"])
    add_up(batch, hands=batches.with_hand(batch, actor))
    record(_change(row, batch, reason, adjustment), actor=actor, now=now)
    resolve(kind=WORK, subject_ids=[row.public_id], outcome="resolved", actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def resolve_many(*, batch_id: int, kind: DifferenceKind, reason: str, actor: Actor, now: datetime) -> SettlementBatch:
    """Resolve all open differences of one kind for the same reason, such as orders that the platform pays next month.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O15
    """
    batch = batches.enter(batch_id, "resolve_many", actor)
    batches.require_reason(reason)
    rows = lock_many(StatementDifference.objects.filter(batch=batch, state=DifferenceState.OPEN, kind=kind))
    StatementDifference.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DifferenceState.RESOLVED, reason=reason.strip(), resolved_at=now, resolved_by=actor.label
    )
    add_up(batch, hands=batches.with_hand(batch, actor))
    record_many([_change(row, batch, reason) for row in rows], actor=actor, now=now)
    batches.log(batch, "resolve_many", actor, now, reason=reason, resolved=len(rows))
    resolve(kind=WORK, subject_ids=[row.public_id for row in rows], outcome="resolved", actor=actor, now=now)
    return batch


def _change(row: StatementDifference, batch: SettlementBatch, reason: str, adjustment: Decimal | None = None) -> Change:
    after = {"order": row.external_id, "ours": f"{row.ours:.2f}", "theirs": f"{row.theirs:.2f}"}
    if adjustment is not None:
        after["adjustment"] = f"{adjustment:.2f}"
    return Change("orders.difference_resolved", KIND, row.public_id, shop=batch.shop.code, after=after, reason=reason.strip())
