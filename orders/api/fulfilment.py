"""POST orders/{id}/pack/, ship/ and confirm-receipt/: the way of an order out of the house."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Input, Line, Quantity
from opsdesk.doors.api.views import CommandView
from orders.api.answers import order_output
from orders.api.orders import find_order
from orders.api.outputs import OrderOutput
from orders.models import Order
from orders.rules.fulfilment.packing import Checklist
from orders.rules.fulfilment.parcels import Parcel
from orders.services.completion.completion import confirm_receipt
from orders.services.fulfilment.packing import pack_order
from orders.services.fulfilment.shipping import ship_order

MAX_PARCELS = 50


class ChecklistInput(Input):
    """The pack check; null means that the order has no such thing."""

    appearance: bool
    packing_list: bool
    gifts: bool | None = None
    manual: bool | None = None
    warranty: bool | None = None


class PackInput(Input):
    checklist: ChecklistInput


class ParcelLineInput(Input):
    sku: Annotated[str, Line(60)]
    quantity: Quantity


class ParcelInput(Input):
    """A parcel. Without `lines` it holds all that no other parcel holds; `orders` lie in it as a whole."""

    carrier: Annotated[str, Line(30)]
    tracking_no: Annotated[str, Line(64, blank=True)]
    lines: Annotated[list[ParcelLineInput], Field(min_length=1, max_length=200)] | None = None
    orders: Annotated[list[Annotated[str, Line(40)]], Field(max_length=20)] = []

    def to_parcel(self) -> Parcel:
        """The input as what the service takes."""
        contents = None if self.lines is None else tuple((line.sku, line.quantity) for line in self.lines)
        return Parcel(self.carrier.lower(), self.tracking_no, contents, tuple(self.orders))


class ShipInput(Input):
    parcels: Annotated[list[ParcelInput], Field(min_length=1, max_length=MAX_PARCELS)]


class EmptyInput(Input):
    """Nothing to say."""


class OrderCommand(CommandView):
    """A step of one order; answers the order."""

    returns = OrderOutput
    key: ClassVar[str] = "key"

    def order(self) -> Order:
        """The order that the address names, in the version that the caller has seen. Raises: NotFound, Stale."""
        order = find_order(self.kwargs[self.key], self.actor)
        self.check_version(order.version)
        return order

    def answer(self, order: Order, actor: Actor) -> OrderOutput:
        """The order as it is now."""
        return order_output(find_order(order.public_id, actor), actor)


class PackOrder(OrderCommand):
    """The pack check is done: the order is ready to ship."""

    permission = "orders.pack_order"
    accepts = PackInput

    def execute(self, data: PackInput, *, actor: Actor, now: datetime) -> Any:
        order = self.order()
        pack_order(order_id=order.pk, checklist=Checklist(**dict(data.checklist)), actor=actor, now=now)
        return self.answer(order, actor)


class ShipOrder(OrderCommand):
    """The parcels are handed to the carrier: the order is shipped."""

    permission = "orders.ship_order"
    accepts = ShipInput

    def execute(self, data: ShipInput, *, actor: Actor, now: datetime) -> Any:
        order = self.order()
        ship_order(order_id=order.pk, parcels=[parcel.to_parcel() for parcel in data.parcels], actor=actor, now=now)
        return self.answer(order, actor)


class ConfirmReceipt(OrderCommand):
    """The customer has the goods: the order is completed."""

    permission = "orders.complete_order"
    accepts = EmptyInput

    def execute(self, data: EmptyInput, *, actor: Actor, now: datetime) -> Any:
        order = self.order()
        confirm_receipt(order_id=order.pk, actor=actor, now=now)
        return self.answer(order, actor)
