"""Which gifts an order earns. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Offer:
    """A gift rule. `spend_from` and `sku` of None are no condition; where both are given, both must hold."""

    rule_id: int
    shop: int | None
    spend_from: Decimal | None
    sku: int | None
    gift: int
    quantity: int
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class Basket:
    """What an order bought, for how much, and when."""

    shop: int
    spent: Decimal
    skus: Collection[int]
    placed_at: datetime


def earned(basket: Basket, offers: Sequence[Offer]) -> list[Offer]:
    """The rules that give this order something. SOP: O10"""
    return [
        offer
        for offer in offers
        if offer.shop in (None, basket.shop)
        and offer.valid_from <= basket.placed_at < offer.valid_until
        and (offer.spend_from is None or basket.spent >= offer.spend_from)
        and (offer.sku is None or offer.sku in basket.skus)
    ]
