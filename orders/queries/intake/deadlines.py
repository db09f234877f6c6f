"""Orders by the time that is left for them, and how a month went. SOP: O17, O2"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet

from catalog.queries.reservations import kept_pieces, kept_until
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.models import Shop
from orders.enums.orders import OrderKind, OrderStatus, PaymentStatus
from orders.models import Order
from orders.rules.intake.punctuality import Punctuality

OPEN = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP)


def due(orders: QuerySet[Any]) -> QuerySet[Any]:
    """Those that have a time to be handed over by and have not been. SOP: O17"""
    return orders.filter(status__in=OPEN, due_by__isnull=False)


def unpaid(orders: QuerySet[Any]) -> QuerySet[Any]:
    """Those that wait for their payment, with the `pieces` kept for them and until when (`kept_until`). SOP: O2"""
    waiting = orders.filter(status__in=OPEN, payment_status=PaymentStatus.UNPAID)
    found: QuerySet[Any] = waiting.annotate(pieces=kept_pieces("public_id"), kept_until=kept_until("public_id"))
    return found


def month_of(shop: Shop, *, month: date, now: datetime) -> Punctuality:
    """How the orders placed in a shop's month were handed over; cancelled, test and historical ones do not count.

    The time of an order is the one that its customer's questions have moved. One statement.
    SOP: O17
    """
    first = datetime(month.year, month.month, 1, tzinfo=SHOP_TIME)
    last = (first + timedelta(days=31)).replace(day=1)
    rows = Order.objects.filter(shop=shop, placed_at__gte=first, placed_at__lt=last, kind=OrderKind.SALE)
    rows = rows.filter(is_test=False, historical=False).exclude(status=OrderStatus.CANCELLED)
    found = rows.filter(process_by__isnull=False).aggregate(
        orders=Count("pk"),
        in_time=Count("pk", filter=Q(shipped_at__lte=F("process_by"))),
        waiting=Count("pk", filter=Q(shipped_at=None, process_by__gte=now)),
        promised=Count("pk", filter=Q(promised_by__isnull=False)),
        promise_kept=Count("pk", filter=Q(shipped_at__lte=F("promised_by"))),
        promise_waiting=Count("pk", filter=Q(shipped_at=None, promised_by__gte=now)),
        to_release=Avg(F("released_at") - F("placed_at")),
        to_ready=Avg(F("ready_at") - F("placed_at")),
        to_ship=Avg(F("shipped_at") - F("placed_at")),
    )
    return Punctuality(**found)
