"""What a cancellation does to a locked order: its stock, its holds, its work, its money."""

from datetime import datetime

from catalog.services import stock
from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Transition
from opsdesk.inbox import services as inbox
from orders.enums.finance import RefundSource
from orders.enums.rounds import RoundDecision
from orders.models import Order, OrderHold
from orders.rules.finance.refunds import refundable
from orders.services import overdue, steps
from orders.services.contact import customer_answered
from orders.services.finance.refunds import Claim, owe
from orders.services.fulfilment import allocation
from orders.services.grouping import rests, sharing
from orders.services.manual import withdrawing
from orders.services.rounds.items import note_decision


def cancel(order: Order, step: Transition, *, reason: str, actor: Actor, now: datetime) -> None:
    """Put a locked order's pieces on sale again, end all work on it, and owe what was paid. SOP: O18"""
    stock.release([order.public_id])
    OrderHold.objects.filter(order=order, released_at=None).update(released_at=now, released_by=actor.label)
    customer_answered([order], outcome="cancelled", actor=actor, now=now)
    overdue.close([order.pk], actor, now, outcome="cancelled")
    inbox.resolve(kind=allocation.WORK, subject_ids=[order.public_id], outcome="cancelled", actor=actor, now=now)
    note_decision([order.pk], RoundDecision.CANCEL, note=reason, actor=actor, now=now)
    due = refundable(paid=order.paid_amount, refunded=order.refunded_amount, owed=order.owed_amount)
    if due and not order.is_test:
        claim = Claim(due, RefundSource.CANCELLATION, f"cancel:{order.public_id}", reason=reason)
        owe(order, claim, actor=actor, now=now)
    withdrawing.order_cancelled(order, actor=actor, now=now)
    sharing.leave([order], "cancelled", actor=actor, now=now)
    rests.settled([order], "cancelled", actor=actor, now=now)
    details = {"refund_due": f"{due:.2f}"}
    steps.move([order], step, event="cancelled", actor=actor, now=now, reason=reason, details=details, cancelled_at=now)
