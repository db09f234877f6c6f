"""POST orders/{id}/hold/, release-hold/, mark-paid/, change-address/, cancel/: what changes before hand-over."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Amount, Input, Instant, Line
from opsdesk.doors.api.views import CommandView
from orders.api.answers import order_output
from orders.api.inputs import AddressInput
from orders.api.orders import find_order
from orders.api.outputs import OrderOutput
from orders.enums.orders import HoldCode
from orders.models import Order
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services.changes import cancel_order, change_address
from orders.services.holds import hold_order, release_hold
from orders.services.payment import Receipt, mark_paid

Code = Annotated[HoldCode, Field(strict=False)]  # the code's text is the code
Reason = Annotated[str, Line(500)]


class HoldInput(Input):
    code: Code
    reason: Annotated[str, Line(500, blank=True)] = ""


class CancelInput(Input):
    reason: Reason


class ChangeAddressInput(Input):
    address: AddressInput


class MarkPaidInput(Input):
    amount: Amount
    method: Annotated[str, Line(40, blank=True)] = ""
    reference: Annotated[str, Line(100, blank=True)] = ""
    paid_at: Instant | None = None


class OrderCommandView(CommandView):
    """One step of one order; If-Match is compared before, and once more with the row that was locked."""

    returns = OrderOutput

    def run(self, order: Order, data: Any, *, actor: Actor, now: datetime) -> Order:
        """The one service call; answers the order as it was locked."""
        raise NotImplementedError

    def execute(self, data: Any, *, actor: Actor, now: datetime) -> OrderOutput:
        order = find_order(self.kwargs["key"], actor)
        self.check_version(order.version)
        locked = self.run(order, data, actor=actor, now=now)
        self.check_version(locked.version)
        return order_output(find_order(order.public_id, actor), actor)


def _permission(step: str) -> str:
    return ORDER_LIFECYCLE.transitions[step].permission


class HoldOrder(OrderCommandView):
    permission = _permission("hold")
    accepts = HoldInput

    def run(self, order: Order, data: HoldInput, *, actor: Actor, now: datetime) -> Order:
        return hold_order(order_id=order.pk, code=data.code, reason=data.reason, actor=actor, now=now)


class ReleaseHold(OrderCommandView):
    permission = _permission("release_hold")
    accepts = HoldInput

    def run(self, order: Order, data: HoldInput, *, actor: Actor, now: datetime) -> Order:
        return release_hold(order_id=order.pk, code=data.code, reason=data.reason, actor=actor, now=now)


class MarkPaid(OrderCommandView):
    permission = _permission("mark_paid")
    accepts = MarkPaidInput

    def run(self, order: Order, data: MarkPaidInput, *, actor: Actor, now: datetime) -> Order:
        return mark_paid(order_id=order.pk, receipt=Receipt(**vars(data)), actor=actor, now=now)


class ChangeAddress(OrderCommandView):
    permission = _permission("change_address")
    accepts = ChangeAddressInput

    def run(self, order: Order, data: ChangeAddressInput, *, actor: Actor, now: datetime) -> Order:
        return change_address(order_id=order.pk, address=data.address.to_draft(), actor=actor, now=now)


class CancelOrder(OrderCommandView):
    permission = _permission("cancel")
    accepts = CancelInput

    def run(self, order: Order, data: CancelInput, *, actor: Actor, now: datetime) -> Order:
        return cancel_order(order_id=order.pk, reason=data.reason, actor=actor, now=now)
