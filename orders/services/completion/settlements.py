"""Finance settles completed orders."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.common.locking import lock_many
from orders.enums.completion import SettlementState
from orders.models import Settlement
from orders.rules.followup import SETTLEMENT_LIFECYCLE

KIND = "settlement"


@transaction.atomic(savepoint=False)
def settle(*, settlement_id: int, reference: str = "", actor: Actor, now: datetime) -> Settlement:
    """Settle one completed order.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O15
    """
    return settle_many(settlement_ids=[settlement_id], reference=reference, actor=actor, now=now)[0]


@transaction.atomic(savepoint=False)
def settle_many(*, settlement_ids: Collection[int], reference: str = "", actor: Actor, now: datetime) -> list[Settlement]:
    """Settle completed orders under one reference, all or none.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O15
    """
    step = SETTLEMENT_LIFECYCLE.transitions["settle"]
    actor.require(step.permission)
    rows = lock_many(Settlement.objects.filter(pk__in=settlement_ids).select_related("order__shop"))
    if len(rows) != len(set(settlement_ids)) or not all(actor.sees_shop(row.order.shop_id) for row in rows):
        raise NotFound()
    for row in rows:
        SETTLEMENT_LIFECYCLE.enter("settle", row.state, actor)
    Settlement.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=SettlementState.SETTLED, settled_at=now, settled_by=actor.label, reference=reference
    )
    _record(rows, actor, now)
    return rows


def _record(rows: Sequence[Settlement], actor: Actor, now: datetime) -> None:
    record_many(
        [
            Change(
                "orders.settled",
                KIND,
                row.public_id,
                shop=row.order.shop.code,
                before={"state": row.state},
                after={"state": SettlementState.SETTLED, "amount": f"{row.amount:.2f}", "order": row.order.number},
            )
            for row in rows
        ],
        actor=actor,
        now=now,
    )
