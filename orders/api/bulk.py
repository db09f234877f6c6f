"""POST bulk/orders/: many orders in one call, new or historical ones."""

from collections.abc import Sequence
from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden
from opsdesk.doors.api.bulk import BulkResult, BulkStatus, BulkView
from orders.api.inputs import OrderInput
from orders.services.intake.receiving import Case, receive_orders


class BulkOrders(BulkView):
    """Orders, each as in POST orders/; historical ones need the scope orders:import, new ones orders:write."""

    permission = ""
    item_model = OrderInput

    def check_permission(self) -> None:
        if not (self.actor.can("orders.add_order") or self.actor.can("orders.import_order")):
            raise Forbidden(extra={"permission": "orders.add_order"})

    def run(self, items: Sequence[OrderInput], *, all_or_nothing: bool, actor: Actor, now: datetime) -> list[BulkResult]:
        drafts = [item.to_draft() for item in items]
        return [_result(case) for case in receive_orders(drafts=drafts, all_or_nothing=all_or_nothing, actor=actor, now=now)]


def _result(case: Case) -> BulkResult:
    if case.error:
        return BulkResult(BulkStatus.ERROR, case.error.extra.get("id"), case.error)
    if case.order is None:
        return BulkResult(BulkStatus.IGNORED)
    return BulkResult(BulkStatus.CREATED if case.created else BulkStatus.EXISTING, case.order.public_id)
