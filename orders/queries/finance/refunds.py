"""Named reads of the refund ledger."""

from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from orders.models import Refund


def visible_to(actor: Actor) -> QuerySet[Refund]:
    """The refunds of the shops that the actor sees."""
    refunds = Refund.objects.all()
    return refunds if actor.shop_ids is None else refunds.filter(order__shop__in=actor.shop_ids)
