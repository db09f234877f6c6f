"""What the finance desk works on."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.shops.models import Shop
from orders.enums.finance import RefundSource
from orders.models import Order, Refund, SettlementBatch, StatementLine
from orders.services.changes import cancel_order
from orders.services.completion.completion import confirm_receipt
from orders.services.finance import closing
from orders.services.finance.batches import make_batch
from orders.services.finance.refunds import Claim, owe, pay_refund
from tests.builders.accounts import an_actor
from tests.builders.fulfilment import a_shipped_order
from tests.builders.orders import an_order
from tests.builders.times import NOW

TODAY = date(2026, 6, 11)  # in China, at NOW
TOMORROW = NOW + timedelta(days=1)  # when the day of NOW is over


def a_completed_order(sku: str = "TS-RED-M", quantity: int = 2, *, now: datetime = NOW, **changes: Any) -> Order:
    """An order whose customer has confirmed receipt at `now`."""
    order = a_shipped_order(sku, quantity, **changes)
    confirm_receipt(order_id=order.pk, actor=SYSTEM, now=now)
    order.refresh_from_db()
    return order


def a_paid_refund(
    order: Order, amount: str, source: RefundSource = RefundSource.COMPENSATION, *, now: datetime = NOW
) -> Refund:
    """Money that has gone back at `now`."""
    order.refresh_from_db()
    refund = owe(order, Claim(Decimal(amount), source, f"{order.pk}:{amount}:{source}"), actor=SYSTEM, now=now)
    pay_refund(refund_id=refund.pk, reference="P1", actor=SYSTEM, now=now)
    refund.refresh_from_db()
    return refund


def a_cancelled_and_refunded_order(now: datetime = NOW) -> Refund:
    """A paid order that was cancelled, with its money paid back."""
    order = an_order()
    cancel_order(order_id=order.pk, reason="changed my mind", actor=SYSTEM, now=now)
    refund = Refund.objects.get(order=order)
    pay_refund(refund_id=refund.pk, reference="P2", actor=SYSTEM, now=now)
    refund.refresh_from_db()
    return refund


def a_batch(shop: str = "tmall-01", ends_on: date = TODAY, *, actor: Actor = SYSTEM) -> SettlementBatch:
    """The settlement of a shop until the day of NOW."""
    now = NOW + timedelta(days=1 + (ends_on - TODAY).days)
    return make_batch(shop_id=Shop.objects.get(code=shop).pk, ends_on=ends_on, actor=actor, now=now)


def a_checked_batch(checker: Actor | None = None) -> SettlementBatch:
    """A settlement that somebody of finance has checked."""
    batch = a_batch()
    return closing.check_batch(batch_id=batch.pk, actor=checker or an_actor(Role.FINANCE), now=TOMORROW)


def a_closed_batch() -> SettlementBatch:
    """A settlement that two people have checked and closed."""
    batch = a_checked_batch()
    return closing.close_batch(batch_id=batch.pk, actor=an_actor(Role.OPERATIONS_MANAGER), now=TOMORROW)


def a_statement_line(batch: SettlementBatch, order: str, amount: str, **more: Any) -> StatementLine:
    """A line of the platform's statement of this settlement."""
    given = {"fee": Decimal("0.00"), "day": TODAY} | more
    return StatementLine.objects.create(batch=batch, external_id=order, amount=Decimal(amount), **given)
