"""Orders that were not handed over within the processing time."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from orders.enums.orders import OrderStatus
from orders.models import Order, OrderHold
from orders.parameters.intake import OVERDUE_TIME
from orders.rules.holds import STOPPING_CODES
from orders.services.events import KIND

OVERDUE = "orders.overdue"
BATCH = 500
_UNSHIPPED = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP)


@transaction.atomic(savepoint=False)
def report_overdue(*, now: datetime) -> int:
    """Raise one piece of work for each order past its time to be handed over, once; returns how many.

    While the customer keeps an order back the clock of the 24 hours stands; what the platform has promised stays
    promised. At most BATCH at a time: the next run
    takes the rest.
    SOP: O17
    """
    stopped = OrderHold.objects.filter(order=OuterRef("pk"), released_at=None, code__in=STOPPING_CODES)
    late = Order.objects.filter(due_by__lt=now, overdue_at=None, status__in=_UNSHIPPED)
    late = late.filter(Q(promised_by__lt=now) | ~Exists(stopped))
    orders = lock_many(late, limit=BATCH)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(overdue_at=now)
    due = now + value(OVERDUE_TIME)
    raise_many(
        [Work(OVERDUE, KIND, order.public_id, due, shop_id=order.shop_id, params={"number": order.number}) for order in orders],
        now=now,
    )
    return len(orders)


def close(order_ids: Collection[int], actor: Actor, now: datetime, outcome: str = "shipped") -> int:
    """Finish the work on overdue orders that have been shipped or cancelled; returns how many were open. SOP: O17"""
    refs = list(Order.objects.filter(pk__in=order_ids).values_list("public_id", flat=True))
    return resolve(kind=OVERDUE, subject_ids=refs, outcome=outcome, actor=actor, now=now)
