"""What a shop sells, as orders need to know it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.models import ShopWarehouse


@dataclass(frozen=True)
class Offer:
    """A SKU with what an order line keeps of it. `on_sale_in` are the ids of the shops that sell it now, `revision_id` is
    the listing that buyers see.
    """

    sku_id: int
    code: str
    title: str
    options: dict[str, Any]
    prices: frozenset[Decimal]
    on_sale_in: frozenset[int]
    revision_id: int | None = None


_OFFERS = """
SELECT s.id, s.code, p.live_revision_id, p.title, s.options, s.price, s.discount_price, s.member_price,
    CASE WHEN p.status = 'live' AND s.is_listed
        THEN ARRAY(SELECT o.shop_id FROM catalog_productshop o WHERE o.product_id = p.id AND o.shop_id = ANY(%(shops)s)) END,
    (SELECT json_agg(json_build_array(w.shop_id, w.warehouse_id) ORDER BY w.rank, w.id)
        FROM catalog_shopwarehouse w WHERE w.shop_id = ANY(%(shops)s))
FROM catalog_sku s JOIN catalog_product p ON p.id = s.product_id
WHERE s.code = ANY(%(codes)s)
"""


def offers_and_places(codes: Collection[str], shop_ids: Collection[int]) -> tuple[dict[str, Offer], dict[int, list[int]]]:
    """The SKUs of these codes by code, with which of these shops sell them, and the shops' warehouses, first choice first.

    One statement; without a single SKU the warehouses stay unknown.
    """
    known: dict[str, Offer] = {}
    places: dict[int, list[int]] = {shop_id: [] for shop_id in shop_ids}
    rows: list[Any] = []
    with connection.cursor() as cursor:
        cursor.execute(_OFFERS, {"codes": list(codes), "shops": list(shop_ids)})
        rows = cursor.fetchall()
    for sku_id, code, revision_id, title, options, *prices, shops, _ in rows:
        sold_at = frozenset(price for price in prices if price is not None)
        options = json.loads(options) if isinstance(options, str) else options
        known[code] = Offer(sku_id, code, title, options, sold_at, frozenset(shops or ()), revision_id)
    for shop_id, warehouse_id in (rows[0][-1] or ()) if rows else ():
        places[shop_id].append(warehouse_id)
    return known, places


def offers(codes: Collection[str], shop_ids: Collection[int]) -> dict[str, Offer]:
    """The SKUs of these codes by code, with which of these shops sell them; one statement."""
    return offers_and_places(codes, shop_ids)[0]


def warehouses_of(shop_ids: Collection[int]) -> dict[int, list[int]]:
    """The warehouses of each shop, first choice first."""
    found: dict[int, list[int]] = {shop_id: [] for shop_id in shop_ids}
    rows = ShopWarehouse.objects.filter(shop__in=shop_ids).order_by("rank", "id").values_list("shop_id", "warehouse_id")
    for shop_id, warehouse_id in rows:
        found[shop_id].append(warehouse_id)
    return found
