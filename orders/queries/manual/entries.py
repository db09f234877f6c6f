"""Named reads of orders entered by hand, and of what was sent again."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from opsdesk.common.actors import Actor
from orders.enums.manual import EntryState
from orders.enums.orders import OrderStatus
from orders.models import ManualEntry, Order, ReshipLine

_LIVE = ~Q(entry__order__status=OrderStatus.CANCELLED)


def visible_to(actor: Actor) -> QuerySet[ManualEntry]:
    """The entries of the shops that the actor sees."""
    rows = ManualEntry.objects.all()
    return rows if actor.shop_ids is None else rows.filter(order__shop__in=actor.shop_ids)


def awaits_approval(order: Order) -> bool:
    """True while a second person has to agree to the order's price."""
    return ManualEntry.objects.filter(order=order, state=EntryState.AWAITING).exists()


def resent(order: Order) -> Mapping[int, int]:
    """Pieces of each order line that were sent again, by orders that stand. SOP: O1"""
    rows = ReshipLine.objects.filter(_LIVE, order_line__order=order)
    return dict(rows.values_list("order_line").annotate(Sum("quantity")))


def resent_worth(order: Order) -> Decimal:
    """What the pieces are worth that were sent again, by orders that stand. SOP: O1"""
    rows = ReshipLine.objects.filter(_LIVE, order_line__order=order)
    return rows.aggregate(worth=Sum("worth"))["worth"] or Decimal("0.00")
