"""Deciding that an order leaves in several parcels. SOP: O7, O8"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.grouping import SplitKind, SplitState
from orders.models import Order, OrderSplit
from orders.queries.grouping.splits import SplitProposal, proposals
from orders.services import steps
from orders.services.events import KIND
from orders.services.fulfilment.overriding import choose_warehouse
from orders.services.intake.remainder import take_what_is_there

PERMISSION = "orders.allocate_order"
NOT_PROPOSED = mark("This order need not be split any more, or it was decided on already.")


@transaction.atomic(savepoint=False)
def split_order(*, order_id: int, reason: str = "", actor: Actor, now: datetime) -> OrderSplit:
    """Serve an order line by line: from every warehouse in which its pieces lie, or with what there is now, while the rest
    waits and is kept for it as soon as it comes.

    Raises: NotFound, Forbidden, Conflict (not proposed), AlreadyPicking, IllegalTransition.
    SOP: O7, O8
    """
    order, found = _proposed(order_id, actor)
    if found.kind == SplitKind.PLACES:
        choose_warehouse(order_id=order.pk, warehouse_id=None, reason=reason.strip(), actor=actor, now=now)
    else:
        take_what_is_there(order, now=now)
    return _write(order, found, SplitState.ACCEPTED, reason.strip(), actor, now)


@transaction.atomic(savepoint=False)
def keep_whole(*, order_id: int, reason: str, actor: Actor, now: datetime) -> OrderSplit:
    """Refuse to split an order, with the reason; it is not proposed again.

    Raises: NotFound, Forbidden, Conflict (not proposed), Invalid (no reason).
    SOP: O7
    """
    if not reason.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])
    order, found = _proposed(order_id, actor)
    return _write(order, found, SplitState.REFUSED, reason.strip(), actor, now)


def _proposed(order_id: int, actor: Actor) -> tuple[Order, SplitProposal]:
    """The locked order and what is proposed for it. Raises: NotFound, Forbidden, Conflict."""
    actor.require(PERMISSION)
    order = steps.lock_orders([order_id], actor)[0]
    found = proposals(actor, only=order_id)
    if not found:
        raise Conflict(NOT_PROPOSED, code="not_proposed")
    return order, found[0]


def _write(order: Order, found: SplitProposal, state: SplitState, reason: str, actor: Actor, now: datetime) -> OrderSplit:
    row = OrderSplit.objects.create(
        order=order,
        kind=found.kind,
        state=state,
        parts=[asdict(part) for part in found.parts],
        reason=reason,
        decided_at=now,
        decided_by=actor.label,
    )
    after: Mapping[str, object] = {"state": state, "why": found.kind, "parts": row.parts}
    change = Change(f"orders.split_{state}", KIND, order.public_id, shop=order.shop.code, after=after, reason=reason)
    record(change, actor=actor, now=now)
    return row
