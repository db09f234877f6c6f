"""Recording that an order was paid."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.services import stock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.enums.orders import CheckCode, CheckResult, HoldCode, PaymentStatus
from orders.errors import AlreadyPaid
from orders.models import Order
from orders.parameters.intake import PLACED_AHEAD, PLACED_BACK, PROCESSING_TIME
from orders.rules import deadlines
from orders.rules.intake import checks
from orders.services import hold_rows, steps
from orders.services.intake import check_rows
from orders.services.intake.cover import is_covered

_UNPAID = {PaymentStatus.UNPAID, PaymentStatus.COD}


@dataclass(frozen=True)
class Receipt:
    """Money that came in for an order; `paid_at` None means now."""

    amount: Decimal
    method: str = ""
    reference: str = ""
    paid_at: datetime | None = None


@transaction.atomic(savepoint=False)
def mark_paid(*, order_id: int, receipt: Receipt, actor: Actor, now: datetime) -> Order:
    """Record the payment of an order: it need not wait any more, and its 24 hours run from the payment.

    Cash on delivery is recorded the same way; its clock has been running since the order was placed. An amount that is
    not the payable one makes the order doubtful.
    Raises: NotFound, Forbidden, IllegalTransition, AlreadyPaid, Invalid.
    SOP: O2, O17
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "mark_paid", actor)
    if order.payment_status not in _UNPAID:
        raise AlreadyPaid()
    paid_at = receipt.paid_at or now
    _judge(order, receipt.amount, paid_at, now)
    columns: dict[str, Any] = {
        "payment_status": PaymentStatus.PAID,
        "paid_at": paid_at,
        "paid_amount": receipt.amount,
        "payment_method": receipt.method,
        "payment_reference": receipt.reference,
    }
    waited = order.payment_status == PaymentStatus.UNPAID
    if waited:
        columns |= hold_rows.new_deadline(order, _process_by(order, paid_at), actor=actor, now=now)
    order.payment_status, order.paid_at = PaymentStatus.PAID, paid_at
    check_rows.write(order, [checks.payment(PaymentStatus.PAID, amount=receipt.amount, payable=order.payable_amount)])
    lifted = _settle_holds(order, actor, now) if waited else []
    details = {"payment_status": PaymentStatus.PAID.value, "paid_amount": f"{receipt.amount:.2f}", "holds_released": lifted}
    event = "released" if lifted else ""
    steps.move([order], step, event=event, actor=actor, now=now, details=details, **columns)
    return order


def _judge(order: Order, amount: Decimal, paid_at: datetime, now: datetime) -> None:
    issues = []
    if amount <= 0 < order.payable_amount:
        issues.append(Issue("/amount", "out_of_range", mark("The amount must be more than nothing.")))
    if paid_at > now + value(PLACED_AHEAD) or paid_at < now - value(PLACED_BACK):
        issues.append(Issue("/paid_at", "date_out_of_range", mark("The time lies too far ahead or back.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)


def _process_by(order: Order, paid_at: datetime) -> datetime | None:
    return deadlines.process_by(
        placed_at=order.placed_at,
        paid_later_at=max(paid_at, order.placed_at),
        payment_status=PaymentStatus.PAID,
        span=value(PROCESSING_TIME),
    )


def _settle_holds(order: Order, actor: Actor, now: datetime) -> list[str]:
    """Lift what the payment lifts, and keep the pieces for good; pieces that were given back are reserved again."""
    found = hold_rows.open_codes(order)
    covered = is_covered(order, now=now)
    stock.keep([order.public_id])
    result = CheckResult.OK if covered else CheckResult.FAILED
    check_rows.write(order, [checks.Finding(CheckCode.STOCK, result)])
    lifted = found & ({HoldCode.AWAITING_PAYMENT, HoldCode.STOCK} if covered else {HoldCode.AWAITING_PAYMENT})
    if not covered and HoldCode.STOCK not in found:
        hold_rows.put_on(order, [HoldCode.STOCK], reason="", actor=actor, now=now)
    hold_rows.lift(order, lifted, actor=actor, now=now)
    return sorted(lifted)
