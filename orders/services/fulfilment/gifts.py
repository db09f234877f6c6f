"""Gifts that orders earn: reserved when the order is released, so that they are picked and packed with it. SOP: O10"""

from collections.abc import Collection, Mapping, Sequence

from catalog.queries.picking import labels
from orders.models import GiftRule, Order, OrderGift, OrderLine
from orders.rules.fulfilment.allocation import Place
from orders.rules.fulfilment.gifts import Basket, Offer, earned


def offers() -> list[Offer]:
    """The gift rules in use."""
    rows = GiftRule.objects.filter(is_active=True).order_by("id")
    columns = ("pk", "shop", "spend_from", "sku", "gift", "quantity", "valid_from", "valid_until")
    return [Offer(*row) for row in rows.values_list(*columns)]


def skus(found: Collection[Offer]) -> set[int]:
    """The SKUs that are given away."""
    return {offer.gift for offer in found}


def give(
    orders: Sequence[Order], found: Sequence[Offer], wanted: Mapping[int, dict[Place, int]], left: dict[Place, int]
) -> None:
    """Note what these orders earn and add it to what they want to have reserved in their warehouse, as long as it lasts.

    `wanted` and `left` are brought up to date. An order that comes from several warehouses gets its gift from the first.
    SOP: O10
    """
    if not found:
        return
    bought: dict[int, set[int]] = {order.pk: set() for order in orders}
    for order_id, sku in OrderLine.objects.filter(order__in=orders).values_list("order_id", "sku_id"):
        bought[order_id].add(sku)
    titles = labels(skus(found))
    rows = []
    for order in orders:
        basket = Basket(order.shop_id, order.goods_amount - order.discount_amount, bought[order.pk], order.placed_at)
        for offer in earned(basket, found) if order.pk in wanted else ():
            warehouse = min(place for _, place in wanted[order.pk])
            there = left.get((offer.gift, warehouse), 0) >= offer.quantity
            if there:
                left[offer.gift, warehouse] -= offer.quantity
                reserved = wanted[order.pk]
                reserved[offer.gift, warehouse] = reserved.get((offer.gift, warehouse), 0) + offer.quantity
            label = titles[offer.gift]
            rows.append(
                OrderGift(
                    order=order,
                    rule_id=offer.rule_id,
                    sku_id=offer.gift,
                    sku_code=label.code,
                    title=label.title,
                    quantity=offer.quantity,
                    is_reserved=there,
                )
            )
    OrderGift.objects.bulk_create(rows, ignore_conflicts=True)
