"""Completing orders when the customer has the goods."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from orders.enums.completion import ContactOutcome, TaskState
from orders.models import ContactTask, Order, Settlement
from orders.services import steps
from orders.services.completion import aftercare
from orders.services.tracking import carrier_cases

CONTACT_WORK = "orders.contact_task"


@transaction.atomic(savepoint=False)
def confirm_receipt(*, order_id: int, proof: str = "", actor: Actor, now: datetime) -> Order:
    """The customer has the goods: the order is completed, finance settles it, later the buyer is invited to a review.

    A storefront tells what its customer has clicked; a member of staff says how they know.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (staff without proof).
    SOP: O15
    """
    orders = steps.lock_orders([order_id], actor)
    if actor.kind is ActorKind.STAFF and not proof.strip():
        issue = Issue("/proof", "required", mark("Say how you know that the customer has the goods."))
        raise Invalid(issue.message, code="proof_required", issues=[issue])
    complete(orders, proof=proof, actor=actor, now=now)
    return orders[0]


def complete(
    orders: Sequence[Order],
    *,
    proof: str,
    actor: Actor,
    now: datetime,
    outcome: ContactOutcome = ContactOutcome.RECEIVED,
) -> None:
    """Complete locked orders with all that follows from it; `outcome` is what their contact tasks end with.

    Raises: Forbidden, IllegalTransition.
    SOP: O15, O19
    """
    step = steps.enter(orders, "confirm_receipt", actor)
    steps.move(orders, step, event="completed", actor=actor, now=now, reason=proof, completed_at=now)
    Settlement.objects.bulk_create(
        Settlement(order=order, amount=_amount(order), currency=order.currency, due_since=now)
        for order in orders
        if not order.is_test
    )
    tasks = ContactTask.objects.filter(order__in=orders, state=TaskState.OPEN)
    ids = list(tasks.values_list("public_id", flat=True))
    tasks.update(
        state=TaskState.CLOSED,
        outcome=outcome,
        closed_at=now,
        closed_by=actor.label,
        next_contact_at=None,
    )
    inbox.resolve(kind=CONTACT_WORK, subject_ids=ids, outcome=outcome, actor=actor, now=now)
    carrier_cases.close_for_receipt(orders, actor=actor, now=now)
    aftercare.plan(orders, now=now)


def _amount(order: Order) -> Decimal:
    """What the shop keeps of the order, cash on delivery included."""
    payable: Decimal = order.payable_amount  # type: ignore[assignment]
    refunded: Decimal = order.refunded_amount  # type: ignore[assignment]
    return max(payable - refunded, Decimal("0.00"))
