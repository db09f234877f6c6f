"""Money that the selling platform itself has given back: it is booked as gone, and never owed a second time. SOP: O20, S8"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.inbox.services import resolve
from orders.enums.finance import RefundSource, RefundState
from orders.models import Order, Refund
from orders.rules.finance.refunds import REFUND_LIFECYCLE, UNDER_WAY
from orders.services import steps
from orders.services.finance import refunds


@transaction.atomic(savepoint=False)
def book_platform_refund(*, order_id: int, total: Decimal, actor: Actor, now: datetime) -> Order:
    """Book what the platform has given back of an order so far, in all. Refunds under way that it covers are thereby paid;
    what is left of it stands as a refund of its own. The platform has decided: no second person is asked.

    Raises: NotFound, Forbidden, RefundExceedsPaid (more than was paid, or less than a refund that is under way).
    SOP: O20
    """
    actor.require("orders.take_platformproblem")
    order = steps.lock_orders([order_id], actor)[0]
    left = total - order.refunded_amount
    for refund in lock_many(Refund.objects.filter(order=order, state__in=UNDER_WAY)):
        if refund.amount <= left:
            _settle(refund, order, actor, now)
            left -= refund.amount
    if left > 0:
        claim = refunds.Claim(left, RefundSource.PLATFORM, f"platform:{order.public_id}:{total}", order.external_id)
        refund = refunds.owe(order, claim, actor=actor, now=now)
        if refund.state != RefundState.SUCCEEDED:
            _settle(refund, order, actor, now)
    return order


def _settle(refund: Refund, order: Order, actor: Actor, now: datetime) -> None:
    """The platform has paid it, approved here or not."""
    refund.order = order
    REFUND_LIFECYCLE.enter("platform_pay", refund.state, actor)
    resolve(kind=refunds.APPROVE, subject_ids=[refund.public_id], outcome="paid", actor=actor, now=now)
    refunds.money_has_gone(refund, "platform_pay", order.external_id, actor, now)
