"""The rest of split orders: reserved when it comes, fetched and sent after the first part. SOP: O7"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.locking import lock_many
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from orders.enums.orders import CheckCode, CheckResult, OrderStatus
from orders.models import Order, OrderSplit, PickListOrder
from orders.parameters.manual import REST_TIME
from orders.queries.grouping.rests import waiting_orders
from orders.rules.intake.checks import Finding
from orders.services.events import KIND
from orders.services.intake import check_rows
from orders.services.intake.remainder import take_what_is_there

WORK = "orders.rest_to_send"
BATCH = 500


@transaction.atomic
def reserve_rests(*, now: datetime) -> int:
    """Keep what has come of the rest of split orders, the longest waiting first; when all of it is there and the first part
    is picked already, the warehouse fetches it. Returns how many orders are complete now. SOP: O7
    """
    orders = lock_many(Order.objects.filter(pk__in=waiting_orders().values("pk")[:BATCH]).select_related("shop"))
    orders = [order for order in orders if not take_what_is_there(order, now=now)]
    OrderSplit.objects.filter(order__in=orders).update(waits=False)
    for order in orders:
        check_rows.write(order, [Finding(CheckCode.STOCK, CheckResult.OK)])
        record(Change("orders.rest_reserved", KIND, order.public_id, shop=order.shop.code), actor=SYSTEM, now=now)
        if order.status == OrderStatus.READY_TO_SHIP or PickListOrder.objects.filter(order=order, active=True).exists():
            params = {"number": order.number}
            raise_item(Work(WORK, KIND, order.public_id, now + value(REST_TIME), order.shop_id, params=params), now=now)
    return len(orders)


def settled(orders: Sequence[Order], outcome: str, *, actor: Actor, now: datetime) -> None:
    """All of these locked orders has left, or is cancelled: nothing of them is awaited or fetched any more."""
    OrderSplit.objects.filter(order__in=orders, waits=True).update(waits=False)
    resolve(kind=WORK, subject_ids=[order.public_id for order in orders], outcome=outcome, actor=actor, now=now)
