"""Who bought in a shop, for those who ask them something; how much left the house, for those who compare with it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from orders.models import Customer, Order


@dataclass(frozen=True)
class Reachable:
    """A buyer and how they are reached; what is not known is empty."""

    customer_id: int
    email: str
    phone: str


def buyers_between(
    shop_id: int, start: datetime, end: datetime, *, categories: Collection[int] | None = None, chunk: int = 1000
) -> Iterator[list[Reachable]]:
    """The buyers who can be reached and placed an order in the period, of the categories if some are named; chunk by chunk, by
    their key. Test orders and cancelled ones do not count. SOP: S11"""
    orders = Order.objects.filter(shop=shop_id, placed_at__gte=start, placed_at__lt=end, is_test=False)
    orders = orders.exclude(status="cancelled").exclude(customer=None)
    if categories is not None:
        orders = orders.filter(lines__sku__product__category__in=categories)
    rows = Customer.objects.filter(pk__in=orders.values("customer")).exclude(email="", phone="").order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last).values_list("pk", "email", "phone")[:chunk]):
        yield [Reachable(*one) for one in found]
        last = found[-1][0]


def handed_over_between(shop_id: int, start: datetime, end: datetime) -> int:
    """How many orders of the shop left the house in the period, without test orders. SOP: S12"""
    return Order.objects.filter(shop=shop_id, shipped_at__gte=start, shipped_at__lt=end, is_test=False).count()
