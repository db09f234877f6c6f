"""Goods that were lost, damaged or missing are sent once more, for nothing. SOP: O1"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.enums.manual import EntryChannel, EntryState
from orders.enums.orders import OrderStatus, PaymentStatus
from orders.models import CarrierCase, ManualEntry, Order, OrderLine, ReshipLine, ReturnRequest, ShipmentLine
from orders.parameters.manual import RESHIP_LIMIT
from orders.queries.manual import entries
from orders.queries.returns import requests as returns
from orders.rules.manual.resending import NOT_PAID, Sent, money_left, refusals
from orders.rules.returns.claims import worth
from orders.services import steps
from orders.services.intake import check_rows
from orders.services.intake.receiving import DraftCustomer, DraftLine, DraftPayment, OrderDraft, receive_order
from orders.services.manual import approvals
from orders.services.manual.entering import entered_before, number_of, tell
from orders.services.returns.deciding import cancel_return

PERMISSION = "orders.reship_order"
METHOD = "reship"
NOTHING = Decimal("0.00")
_LEFT = (OrderStatus.SHIPPED, OrderStatus.COMPLETED)
_UNPAID = (PaymentStatus.UNPAID, PaymentStatus.COD)


@dataclass(frozen=True)
class Wish:
    """What is sent again: pieces by order line, why, and the return or carrier case that it was decided for."""

    key: str
    lines: Mapping[int, int]
    cause: str
    reason: str
    source_id: str = ""


@transaction.atomic(savepoint=False)
def reship(*, order_id: int, wish: Wish, actor: Actor, now: datetime) -> Order:
    """Make an order of nothing to pay that sends pieces of a shipped order again. Pieces that come back, were refunded or
    were sent again before are left out: one loss is made good once. A return that it was decided for is closed by it. What
    is worth more than the limit waits for a second person.

    Raises: NotFound, Forbidden, Conflict (not shipped, not paid, not enough money left), Invalid (too many pieces, another
    parcel's), InsufficientStock.
    SOP: O1
    """
    actor.require(PERMISSION)
    if known := entered_before(wish.key):
        return known
    order = steps.lock_orders([order_id], actor)[0]
    if order.status not in _LEFT:
        raise Conflict(mark("Only what has left the warehouse is sent again."), code="not_shipped")
    if order.payment_status in _UNPAID:
        raise Conflict(mark("It was not paid: enter a new order, to be paid on delivery."), code="not_paid")
    parcel = _close_source(order, wish, actor, now)
    lines = list(order.lines.order_by("position"))
    wished = {key: pieces for key, pieces in wish.lines.items() if pieces}
    worths = _judge(order, lines, wished, parcel)
    case = receive_order(draft=_draft(order, lines, wished, wish, now), actor=actor, now=now)
    assert case.order
    entry = ManualEntry.objects.create(
        order=case.order,
        key=wish.key,
        channel=EntryChannel.RESHIP,
        state=EntryState.STANDS,
        quoted_amount=sum(worths.values(), NOTHING),
        asked_amount=NOTHING,
        reason=wish.reason.strip(),
        author_id=actor.staff_id,
        entered_by=actor.label,
        entered_at=now,
        original=order,
        cause=wish.cause,
        source_id=wish.source_id,
    )
    ReshipLine.objects.bulk_create(
        ReshipLine(entry=entry, order_line_id=key, quantity=pieces, worth=worths[key]) for key, pieces in wished.items()
    )
    tell(entry, case.order, actor=actor, now=now)
    if entry.quoted_amount > value(RESHIP_LIMIT):
        approvals.ask(entry, case.order, actor=actor, now=now)
    return case.order


def sent_lines(order: Order) -> list[Sent]:
    """Every line with what left the house and what was made good of it."""
    shipped, returned, resent = returns.shipped(order), returns.returned(order), entries.resent(order)
    keys = order.lines.order_by("position").values_list("pk", flat=True)
    return [Sent(key, shipped.get(key, 0), returned.get(key, 0), resent.get(key, 0)) for key in keys]


def _close_source(order: Order, wish: Wish, actor: Actor, now: datetime) -> dict[int, int] | None:
    """End the return that is answered with goods; the contents of the parcel that a carrier case is about.

    Raises: Invalid, Forbidden, IllegalTransition.
    """
    if not wish.source_id:
        return None
    if row := ReturnRequest.objects.filter(public_id=wish.source_id, order=order).first():
        cancel_return(return_id=row.pk, reason=wish.reason or wish.cause, actor=actor, now=now)
        return None
    case = CarrierCase.objects.filter(public_id=wish.source_id, shipment__orders=order).first()
    if case is None:
        message = mark("This order has no such return or carrier case.")
        raise Invalid(message, code="not_found", issues=[Issue("/source_id", "not_found", message)])
    held = ShipmentLine.objects.filter(shipment=case.shipment_id, order_line__order=order)
    return dict(held.values_list("order_line", "quantity"))


def _judge(
    order: Order, lines: Sequence[OrderLine], wished: Mapping[int, int], parcel: Mapping[int, int] | None
) -> dict[int, Decimal]:
    """What the pieces are worth, by line. Raises: Invalid, Conflict."""
    if not wished:
        message = mark("Say which pieces.")
        raise Invalid(message, code="required", issues=[Issue("/lines", "required", message)])
    sent = sent_lines(order)
    if parcel is not None:
        sent = [replace(line, shipped=min(line.shipped, parcel.get(line.line_id, 0))) for line in sent]
    if issues := refusals(wished, sent):
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, **dict(issues[0].params))
    worths = {
        line.pk: worth(
            unit_price=line.unit_price, bought=line.quantity, discount=line.discount_amount, quantity=wished[line.pk]
        )
        for line in lines
        if line.pk in wished
    }
    left = money_left(
        paid=order.paid_amount, refunded=order.refunded_amount, owed=order.owed_amount, resent=entries.resent_worth(order)
    )
    if sum(worths.values()) > left:
        raise Conflict(NOT_PAID, code="refunded_already", left=f"{left:.2f}")
    return worths


def _draft(order: Order, lines: Sequence[OrderLine], wished: Mapping[int, int], wish: Wish, now: datetime) -> OrderDraft:
    buyer = order.customer
    goods = [
        DraftLine(line.sku_code, wished[line.pk], line.unit_price, discount=line.unit_price * wished[line.pk])
        for line in lines
        if line.pk in wished
    ]
    return OrderDraft(
        shop=order.shop.code,
        external_id=number_of(wish.key),
        placed_at=now,
        currency=order.currency,
        payment=DraftPayment(PaymentStatus.PAID, NOTHING, METHOD, order.number, now),
        lines=goods,
        payable=NOTHING,
        address=check_rows.address_of(order),
        customer=DraftCustomer(buyer.external_id, buyer.name, buyer.phone, buyer.email) if buyer else None,
        is_test=order.is_test,
    )
