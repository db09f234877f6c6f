"""Releasing clean orders without a person, where a shop has switched that on."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from orders.enums.orders import OrderStatus
from orders.models import Order
from orders.queries import rounds as queries
from orders.services.release import release_orders
from orders.services.rounds.rounds import clean_ids

BATCH = 500


@transaction.atomic(savepoint=False)
def confirm_clean_orders(*, actor: Actor, now: datetime) -> int:
    """Release the orders that pass every check in shops with auto-confirm; returns how many, at most BATCH a run.

    A duty each minute rather than at intake: it also takes what becomes clean later, such as an order that is paid, and
    intake stays as quick as it is.
    SOP: O3, O6
    """
    pending = Order.objects.filter(status=OrderStatus.PENDING, shop__auto_confirm=True)
    orders = lock_many(queries.clean(pending), limit=BATCH)
    clean = clean_ids([order for order in orders if order.status == OrderStatus.PENDING])
    return len(release_orders(order_ids=clean, actor=actor, now=now)) if clean else 0
