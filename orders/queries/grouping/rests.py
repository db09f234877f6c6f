"""Orders of which a part is here and the rest is awaited. SOP: O7"""

from collections import Counter

from django.db.models import QuerySet, Sum

from catalog.queries.picking import all_reserved
from orders.enums.grouping import SplitState
from orders.enums.orders import OrderStatus
from orders.models import Order, OrderGift, OrderSplit
from orders.queries.fulfilment.handed import handed_over

_IN_HOUSE = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP)


def reserved_of(order: Order) -> Counter[tuple[int, int]]:
    """The pieces that are reserved for the order, by SKU and warehouse."""
    return Counter({(row.sku_id, row.warehouse_id): row.quantity for row in all_reserved([order.public_id])})


def lacking_of(order: Order) -> Counter[int]:
    """The pieces by SKU that have not left the house and are not reserved for the order."""
    wanted: Counter[int] = Counter()
    handed = handed_over([order.pk])
    for key, sku_id, quantity in order.lines.values_list("pk", "sku_id", "quantity"):
        wanted[sku_id] += quantity - handed.get(key, 0)
    gifts = OrderGift.objects.filter(order=order, is_reserved=True)
    wanted.update(Counter(dict(gifts.order_by().values("sku").annotate(n=Sum("quantity")).values_list("sku", "n"))))
    for (sku_id, _), quantity in reserved_of(order).items():
        wanted[sku_id] -= quantity
    return +wanted


def awaited_of(order: Order) -> Counter[int]:
    """The pieces by SKU that a split order goes without for now; nothing of any other order."""
    waits = OrderSplit.objects.filter(order=order, waits=True).exists()
    return lacking_of(order) if waits else Counter()


def waiting_orders() -> QuerySet[Order]:
    """The split orders whose rest has not come yet, the longest waiting first."""
    rows = Order.objects.filter(split__waits=True, split__state=SplitState.ACCEPTED, status__in=_IN_HOUSE)
    return rows.order_by("split__pk")
