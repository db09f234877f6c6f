"""The order by which a customer gets other goods for those that came back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from catalog.queries.offers import offers
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.finance import RefundState
from orders.enums.orders import OrderStatus, PaymentStatus
from orders.enums.returns import ReturnType
from orders.models import DeliveryAddress, Order, Refund, ReturnLine, ReturnRequest
from orders.services.intake.receiving import (
    DraftAddress,
    DraftCustomer,
    DraftLine,
    DraftPayment,
    OrderDraft,
    receive_order,
)
from orders.services.returns import closing, moving

METHOD = "exchange"


@transaction.atomic(savepoint=False)
def place_exchange(*, return_id: int, skus: Mapping[int, str], actor: Actor, now: datetime) -> ReturnRequest:
    """Make the exchange order of what was accepted, free of charge, and complete the return with it.

    `skus` says for a return line which SKU is sent instead; those that are not named are sent again. The order goes
    through the same checks and reserves its stock as any other.
    Raises: NotFound, Forbidden, IllegalTransition, Conflict (money goes back), Invalid (not an exchange, unknown SKU, one
    that costs more), InsufficientStock.
    SOP: O20
    """
    row = moving.enter(return_id, "place_exchange", actor)
    lines = list(row.lines.filter(accepted__gt=0).select_related("order_line").order_by("pk"))
    if row.type != ReturnType.EXCHANGE or not lines:
        raise Invalid(mark("There is nothing to exchange."), code="not_an_exchange")
    _require_no_refund(row)
    _require_no_dearer(row, lines, skus)
    case = receive_order(draft=_draft(row, lines, skus, now), actor=actor, now=now)
    assert case.order
    return _complete(row, "place_exchange", case.order, actor, now)


@transaction.atomic(savepoint=False)
def send_replacement(*, return_id: int, number: str, actor: Actor, now: datetime) -> ReturnRequest:
    """Name an order of the customer as the exchange, where it was placed in the shop: the return is completed.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (money goes back), Invalid (no such order of the same
    customer).
    SOP: O20
    """
    row = moving.enter(return_id, "send_replacement", actor)
    _require_no_refund(row)
    orders = Order.objects.filter(number=number.strip(), shop=row.order.shop, customer=row.order.customer)
    order = orders.exclude(pk=row.order_id).exclude(status=OrderStatus.CANCELLED).first()
    taken = order is not None and ReturnRequest.objects.filter(replacement=order).exists()
    if row.type != ReturnType.EXCHANGE or order is None or taken:
        message = mark("This customer has no such order that could be the exchange.")
        raise Invalid(message, code="not_found", issues=[Issue("/number", "not_found", message)])
    return _complete(row, "send_replacement", order, actor, now)


def _require_no_refund(row: ReturnRequest) -> None:
    """Raises: Conflict, when the return was decided for money: nobody gets both."""
    if Refund.objects.filter(source_id=row.public_id).exclude(state=RefundState.CANCELLED).exists():
        raise Conflict(mark("Money goes back for this return, so no goods are sent."), code="refund_owed")


def _require_no_dearer(row: ReturnRequest, lines: list[ReturnLine], skus: Mapping[int, str]) -> None:
    """Raises: Invalid, with every line for which something is to be sent that costs more than what came back."""
    known = offers(list(skus.values()), [row.order.shop_id])
    message = mark("It costs more than what came back; the customer orders it and gets a refund instead.")
    dearer = [
        Issue(f"/sku_{line.pk}", "costs_more", message)
        for line in lines
        if (offer := known.get(skus.get(line.pk, "")))
        and offer.code != line.order_line.sku_code
        and min(offer.prices, default=Decimal(0)) > line.order_line.unit_price
    ]
    if dearer:
        raise Invalid(message, code="costs_more", issues=dearer)


def _complete(row: ReturnRequest, step: str, order: Order, actor: Actor, now: datetime) -> ReturnRequest:
    moving.move(row, step, actor=actor, now=now, details={"replacement": order.public_id}, replacement=order)
    closing.hand_on(row, now=now)
    return row


def _draft(row: ReturnRequest, lines: list[ReturnLine], skus: Mapping[int, str], now: datetime) -> OrderDraft:
    order, buyer = row.order, row.order.customer
    goods = []
    for line in lines:
        price, pieces = line.order_line.unit_price, line.accepted or 0
        goods.append(DraftLine(skus.get(line.pk) or line.order_line.sku_code, pieces, price, discount=price * pieces))
    return OrderDraft(
        shop=order.shop.code,
        external_id=f"EX-{row.public_id}",
        placed_at=now,
        currency=order.currency,
        payment=DraftPayment(PaymentStatus.PAID, Decimal("0.00"), METHOD, row.public_id, now),
        lines=goods,
        payable=Decimal("0.00"),
        address=_address(order),
        customer=DraftCustomer(buyer.external_id, buyer.name, buyer.phone, buyer.email) if buyer else None,
    )


def _address(order: Order) -> DraftAddress | None:
    known = DeliveryAddress.objects.filter(order=order).first()
    if known is None:
        return None
    return DraftAddress(
        known.recipient, known.phone, known.province, known.city, known.district, known.street, known.postal_code
    )
