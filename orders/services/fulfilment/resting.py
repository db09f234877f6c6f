"""What can no longer follow: the rest of an order that left in part is cancelled and paid back."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from catalog.services import stock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict
from opsdesk.common.text import mark
from orders.enums.finance import RefundSource
from orders.models import Order
from orders.queries.fulfilment.handed import has_left, left_of
from orders.rules.finance.refunds import refundable
from orders.rules.returns.claims import worth
from orders.services import notices, steps
from orders.services.finance.refunds import Claim, owe
from orders.services.fulfilment.shipping import finish


@transaction.atomic(savepoint=False)
def cancel_rest(*, order_id: int, reason: str, actor: Actor, now: datetime) -> Order:
    """Give up what is left of an order of which a part is under way: its pieces are on sale again, what the customer paid
    for them goes back, and the order counts as shipped.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (nothing has left).
    SOP: O12, O18
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "cancel_rest", actor)
    if not has_left(order.pk):
        raise Conflict(mark("Nothing of the order has left; cancel it as a whole."), code="nothing_shipped")
    stock.release([order.public_id])
    due = min(_worth_of_rest(order), _refundable(order))
    if due and not order.is_test:
        claim = Claim(due, RefundSource.CANCELLATION, f"cancel:{order.public_id}", reason=reason)
        owe(order, claim, actor=actor, now=now)
    finish([order], step, actor=actor, now=now, reason=reason, details={"refund_due": f"{due:.2f}"})
    notices.tell_rest_cancelled(order, amount=due, now=now)
    return order


def _refundable(order: Order) -> Decimal:
    return refundable(paid=order.paid_amount, refunded=order.refunded_amount, owed=order.owed_amount)


def _worth_of_rest(order: Order) -> Decimal:
    rest = left_of(order.pk).items()
    return sum(
        (
            worth(unit_price=line.unit_price, bought=line.quantity, discount=line.discount_amount, quantity=left)
            for line, left in rest
        ),
        Decimal("0.00"),
    )
