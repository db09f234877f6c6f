"""Reservations of orders: given back when nobody pays, made when stock has come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.queries.offers import warehouses_of
from catalog.queries.reservations import owners_with_stock
from catalog.queries.stock import expired_owners
from catalog.services import stock
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.webhooks.services import emit_many
from orders.enums.grouping import SplitKind, SplitState
from orders.enums.orders import CheckCode, CheckResult, HoldCode, OrderStatus, PaymentStatus
from orders.models import Order, OrderCheck, OrderHold, OrderLine, OrderSplit
from orders.services.events import KIND, order_news
from orders.services.intake.remainder import take_what_is_there

BATCH = 500
EXPIRED = mark("Not paid in time: the reserved pieces went back to sale.")
_WAITING = (OrderStatus.PENDING, OrderStatus.PROCESSING)


@transaction.atomic
def expire_reservations(*, now: datetime) -> int:
    """Give back what unpaid orders have reserved for too long, and hold these orders for stock.

    An order that was paid in the meantime keeps its pieces. Returns how many orders lost theirs.
    SOP: O2
    """
    owners = expired_owners(now, limit=BATCH)
    orders = lock_many(Order.objects.filter(public_id__in=owners).select_related("shop"))
    unpaid = [order for order in orders if order.payment_status == PaymentStatus.UNPAID]
    lost = {order.public_id for order in unpaid}
    stock.keep([owner for owner in owners if owner not in lost])
    if not unpaid:
        return 0
    stock.release(sorted(lost))
    OrderHold.objects.bulk_create(
        [
            OrderHold(order=order, code=HoldCode.STOCK, reason=EXPIRED, opened_at=now, opened_by=SYSTEM.label)
            for order in unpaid
        ],
        ignore_conflicts=True,
    )
    _check(unpaid, CheckResult.FAILED)
    _tell(unpaid, "held", "orders.reservation_expired", now)
    return len(unpaid)


@transaction.atomic
def fill_stock_holds(*, now: datetime) -> int:
    """Reserve for orders that wait for stock, the oldest first, each wholly or not at all, and lift their holds.

    Unpaid orders wait until they are paid. Returns how many orders got their pieces.
    SOP: O2, O5
    """
    waiting = Order.objects.filter(
        holds__code=HoldCode.STOCK, holds__released_at=None, status__in=_WAITING, historical=False
    ).exclude(payment_status=PaymentStatus.UNPAID)
    orders = lock_many(Order.objects.filter(pk__in=waiting.order_by("pk").values("pk")[:BATCH]).select_related("shop"))
    had = owners_with_stock([order.public_id for order in orders])  # a person set the hold: a person lifts it
    split = set(
        OrderSplit.objects.filter(order__in=orders, kind=SplitKind.SHORT, state=SplitState.ACCEPTED).values_list(
            "order", flat=True
        )
    )
    whole = [order for order in orders if order.public_id not in had]
    plan = stock.plan(_demands(whole)) if whole else stock.Plan()
    served = [order for order in whole if order.public_id not in plan.short]
    stock.reserve(plan.takes, now=now)
    # of these a part is kept and the rest is awaited
    parted = [order for order in orders if order.pk in split and order not in served]
    served += [order for order in parted if not take_what_is_there(order, now=now)]
    if served:
        OrderHold.objects.filter(order__in=served, code=HoldCode.STOCK, released_at=None).update(
            released_at=now, released_by=SYSTEM.label
        )
        _check(served, CheckResult.OK)
        _tell(served, "released", "orders.stock_reserved", now)
    return len(served)


def _demands(orders: Sequence[Order]) -> list[stock.Demand]:
    quantities: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for order_id, sku_id, quantity in OrderLine.objects.filter(order__in=orders).values_list("order_id", "sku_id", "quantity"):
        quantities[order_id][sku_id] += quantity
    places = warehouses_of({order.shop_id for order in orders})
    return [stock.Demand(order.public_id, quantities[order.pk], places[order.shop_id]) for order in orders]


def _check(orders: Sequence[Order], result: CheckResult) -> None:
    """What the stock check says now: an order is clean again when its pieces are there. The orders' versions move."""
    OrderCheck.objects.filter(order__in=orders, code=CheckCode.STOCK).update(result=result)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(status=F("status"))


def _tell(orders: Sequence[Order], event: str, action: str, now: datetime) -> None:
    emit_many([order_news(event, order, hold=HoldCode.STOCK.value) for order in orders], now=now)
    record_many(
        [Change(action, KIND, order.public_id, shop=order.shop.code, after={"hold": HoldCode.STOCK.value}) for order in orders],
        actor=SYSTEM,
        now=now,
    )
