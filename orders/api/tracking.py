"""POST orders/{id}/intercept/: stopping parcels on their way."""

from datetime import datetime
from typing import Annotated

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Input, Line
from orders.api.changes import Code, OrderCommandView
from orders.enums.orders import HoldCode
from orders.models import Order
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services.tracking.interceptions import intercept_order


class InterceptInput(Input):
    code: Code = HoldCode.OTHER
    reason: Annotated[str, Line(500, blank=True)] = ""


class InterceptOrder(OrderCommandView):
    """After hand-over: the carrier is asked to stop every parcel of the order that is on its way."""

    permission = ORDER_LIFECYCLE.transitions["intercept"].permission
    accepts = InterceptInput

    def run(self, order: Order, data: InterceptInput, *, actor: Actor, now: datetime) -> Order:
        return intercept_order(order_id=order.pk, code=data.code, reason=data.reason, actor=actor, now=now)
