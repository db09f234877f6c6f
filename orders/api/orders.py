"""GET and POST orders/, GET orders/{id}/."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from pydantic import BaseModel

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue, Malformed, NotFound
from opsdesk.common.text import mark
from opsdesk.doors.api.views import CommandView, DetailView, ListView
from orders import queries
from orders.api.answers import order_output, preview_output
from orders.api.filters import OrderFilter
from orders.api.inputs import OrderInput
from orders.api.outputs import OrderOutput
from orders.models import Order
from orders.services.intake.receiving import preview_order, receive_order

_SWITCH = {"1": True, "true": True, "0": False, "false": False}


def find_order(key: str, actor: Actor) -> Order:
    """The order that ``ord_...`` or ``external:<shop>:<external_id>`` names. Raises: NotFound."""
    orders = queries.visible_to(actor)
    if key.startswith("external:") and key.count(":") >= 2:
        _, shop, external_id = key.split(":", 2)
        orders = orders.filter(shop__code=shop, external_id=external_id)
    else:
        orders = orders.filter(public_id=key)
    order = queries.with_details(orders).first()
    if order is None:
        raise NotFound()
    return order


class OrderCollection(ListView, CommandView):
    """Orders, newest first; and taking one in."""

    permission, write_permission = "orders.view_order", "orders.add_order"
    accepts, returns, success = OrderInput, OrderOutput, 201
    filterset = OrderFilter

    def rows(self, actor: Actor) -> QuerySet[Order]:
        return queries.with_details(queries.visible_to(actor))

    def render(self, rows: list[Order]) -> list[Any]:
        return [order_output(order, self.actor) for order in rows]

    @property
    def is_dry_run(self) -> bool:
        text = self.request.query_params.get("dry_run", "0")
        if text not in _SWITCH:
            issue = Issue("?dry_run", "invalid_parameter", mark("It is 1 or 0."))
            raise Malformed(issue.message, code=issue.code, issues=[issue])
        return _SWITCH[text]

    def execute(self, data: OrderInput, *, actor: Actor, now: datetime) -> tuple[BaseModel, int]:
        if self.is_dry_run:
            return preview_output(preview_order(draft=data.to_draft(), actor=actor, now=now)), 200
        case = receive_order(draft=data.to_draft(), actor=actor, now=now)
        assert case.order
        order = case.order if case.created else find_order(case.order.public_id, actor)
        return order_output(order, actor), 201 if case.created else 200


class OrderDetail(DetailView):
    """One order."""

    permission = "orders.view_order"
    returns = OrderOutput

    def read(self, actor: Actor, **kwargs: Any) -> OrderOutput:
        return order_output(find_order(kwargs["key"], actor), actor)
