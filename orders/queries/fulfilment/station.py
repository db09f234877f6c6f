"""Which orders a code at the packing desk means."""

from django.db.models import Q

from opsdesk.common.actors import Actor
from orders.enums.orders import OrderStatus
from orders.models import Order, PickListOrder
from orders.queries import visible_to


def to_pack(code: str, actor: Actor) -> list[Order]:
    """The order of this number, or the orders of this pick list that are not packed yet, by sort bin. SOP: O10"""
    orders = visible_to(actor).filter(status=OrderStatus.PROCESSING)
    if found := list(orders.filter(number=code)):
        return found
    places = PickListOrder.objects.filter(Q(pick_list__wave=code) | Q(pick_list__public_id=code), active=True)
    bins = dict(places.order_by("bin").values_list("order_id", "bin"))
    return sorted(orders.filter(pk__in=bins), key=lambda order: bins[order.pk])
