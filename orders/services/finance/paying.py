"""Paying many refunds: the list goes out as a table, and comes back with the references of the payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from orders.enums.finance import RefundState
from orders.models import Order, Refund
from orders.queries.finance import refunds as queries
from orders.services.finance.refunds import pay_refund

PERMISSION = "orders.pay_refund"


@dataclass(frozen=True)
class Payment:
    """That a refund was paid: under which reference and, to be sure that it is the right one, how much."""

    refund: str
    reference: str
    amount: Decimal | None = None


@transaction.atomic
def import_payments(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Note many refunds as paid, each by the same service as a single one; a row that is refused changes nothing.

    A refund that was paid under the same reference already is left as it is.
    Raises: Forbidden.
    SOP: O15
    """
    actor.require(PERMISSION)
    named = queries.visible_to(actor).filter(public_id__in=[row.data.refund for row in rows])
    if write:  # all orders at once and in the order of their keys: two imports never wait for one another
        lock_many(Order.objects.filter(pk__in=list(named.values_list("order_id", flat=True))))
    found = {refund.public_id: refund for refund in named}
    return [_pay(row, found.get(row.data.refund), write, actor, now) for row in rows]


def _pay(row: ParsedRow, refund: Refund | None, write: bool, actor: Actor, now: datetime) -> RowResult:
    paid: Payment = row.data
    if refund is None:
        return refused(row.number, paid.refund, Issue("/refund", "unknown_refund", mark("There is no such refund.")))
    if refund.state == RefundState.SUCCEEDED and refund.reference == paid.reference:
        return RowResult(row.number, Outcome.EXISTING, paid.refund)
    if refund.state != RefundState.TO_PAY:
        message = mark("This refund is not to be paid: %(state)s")
        issue = Issue("/refund", "invalid_transition", message, {"state": refund.get_state_display()})
        return refused(row.number, paid.refund, issue)
    if paid.amount is not None and paid.amount != refund.amount:
        message = mark("The refund is over %(amount)s.")
        issue = Issue("/amount", "amount_differs", message, {"amount": f"{refund.amount:.2f}"})
        return refused(row.number, paid.refund, issue)
    if write:
        pay_refund(refund_id=refund.pk, reference=paid.reference, actor=actor, now=now)
    return RowResult(row.number, Outcome.UPDATED, paid.refund)
