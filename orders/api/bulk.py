"""POST bulk/orders/: many orders in one call, new or historical ones."""

from collections.abc import Sequence
from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden
from opsdesk.doors.api.bulk import BulkView, ItemResult, ItemStatus, bulk_of
from orders.api.inputs import OrderInput
from orders.services.intake import Case, receive_orders


class BulkOrders(BulkView):
    """Orders, each as in POST orders/; historical ones need the scope orders:import, new ones orders:write."""

    permission = ""
    item_model, accepts = OrderInput, bulk_of(OrderInput)

    def check_permission(self) -> None:
        if not (self.actor.can("orders.add_order") or self.actor.can("orders.import_order")):
            raise Forbidden(extra={"permission": "orders.add_order"})

    def run(
        self, items: Sequence[OrderInput], *, all_or_nothing: bool, write: bool, actor: Actor, now: datetime
    ) -> list[ItemResult]:
        drafts = [item.to_draft() for item in items]
        cases = receive_orders(drafts=drafts, all_or_nothing=all_or_nothing, actor=actor, now=now, write=write)
        return [_result(case) for case in cases]


def _result(case: Case) -> ItemResult:
    if case.error:
        return ItemResult(ItemStatus.ERROR, case.error.extra.get("id"), case.error)
    if case.order is None:
        return ItemResult(ItemStatus.IGNORED)
    return ItemResult(ItemStatus.CREATED if case.created else ItemStatus.EXISTING, case.order.public_id)
