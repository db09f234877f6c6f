"""What the warehouse shipped although it was to be stopped: the carrier is asked. SOP: O18"""

from collections.abc import Collection
from datetime import datetime

from opsdesk.common.actors import SYSTEM
from orders.enums.orders import HoldCode
from orders.models import Order
from orders.services.fulfilment import recall_rows
from orders.services.tracking.interceptions import intercept_order


def stop_on_the_way(orders: Collection[Order], *, now: datetime) -> None:
    """Ask the carriers to stop the orders, of those that have just left, that customers had cancelled in time. The caller
    holds the orders' locks. SOP: O18
    """
    for row in recall_rows.left_all_the_same(orders, actor=SYSTEM, now=now):
        intercept_order(order_id=row.order_id, code=HoldCode.OTHER, reason=row.reason, actor=SYSTEM, now=now)
