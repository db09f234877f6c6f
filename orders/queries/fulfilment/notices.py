"""What is enclosed with orders and how their parcels are marked."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from catalog.queries.lineage import categories_of
from orders.models import OrderGift, OrderLine, PackingRule


@dataclass(frozen=True)
class Notices:
    """What an order's parcel needs. SOP: O10"""

    manual: bool = False
    warranty: bool = False
    fragile: bool = False
    no_bending: bool = False
    gifts: bool = False


def notices_of(order_ids: Collection[int]) -> dict[int, Notices]:
    """What these orders' goods and gifts ask for: by their SKUs, and by the categories above them. SOP: O10"""
    skus: dict[int, set[int]] = defaultdict(set)
    lines = OrderLine.objects.filter(order__in=order_ids).values_list("order_id", "sku_id")
    gifts = OrderGift.objects.filter(order__in=order_ids, is_reserved=True).values_list("order_id", "sku_id")
    given = list(gifts)
    for order_id, sku in [*lines, *given]:
        skus[order_id].add(sku)
    asked = _asked({sku for found in skus.values() for sku in found})
    with_gift = {order_id for order_id, _ in given}
    found = {}
    for order_id in order_ids:
        flags = {name for sku in skus[order_id] for name in asked[sku]}
        found[order_id] = Notices(**dict.fromkeys(flags, True), gifts=order_id in with_gift)
    return found


def _asked(skus: Collection[int]) -> dict[int, set[str]]:
    """The names of the flags that apply to each SKU."""
    above = categories_of(skus)
    wanted = {category for keys in above.values() for category in keys}
    asked: dict[int, set[str]] = defaultdict(set)
    for rule in PackingRule.objects.filter(Q(sku__in=skus) | Q(category__in=wanted)):
        flags = {name for name in ("manual", "warranty", "fragile", "no_bending") if getattr(rule, name)}
        for sku in skus:
            if rule.sku_id == sku or rule.category_id in above.get(sku, ()):
                asked[sku] |= flags
    return asked
