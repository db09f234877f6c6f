"""Named reads of the refund ledger."""

from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from orders.enums.finance import RefundState
from orders.models import Refund


def visible_to(actor: Actor) -> QuerySet[Refund]:
    """The refunds of the shops that the actor sees."""
    refunds = Refund.objects.all()
    return refunds if actor.shop_ids is None else refunds.filter(order__shop__in=actor.shop_ids)


def to_pay(actor: Actor) -> QuerySet[Refund]:
    """The refunds that finance has to pay, oldest first, with what a bank or a platform wants to know of them."""
    rows = visible_to(actor).filter(state=RefundState.TO_PAY)
    return rows.select_related("order__shop", "order__customer").order_by("id")
