"""What a shop sells, as orders need to know it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from catalog.enums import ProductStatus
from catalog.models import ProductShop, ShopWarehouse, Sku


@dataclass(frozen=True)
class Offer:
    """A SKU with what an order line keeps of it. `on_sale_in` are the ids of the shops that sell it now."""

    sku_id: int
    code: str
    title: str
    options: dict[str, Any]
    prices: frozenset[Decimal]
    on_sale_in: frozenset[int]


def offers(codes: Collection[str], shop_ids: Collection[int]) -> dict[str, Offer]:
    """The SKUs of these codes by code, with which of these shops sell them; one statement."""
    on_sale = {
        f"in_{shop_id}": Exists(
            ProductShop.objects.filter(product=OuterRef("product"), shop=shop_id, product__status=ProductStatus.LIVE)
        )
        for shop_id in shop_ids
    }
    columns = ("id", "code", "is_listed", "product__title", "options", "price", "discount_price", "member_price")
    rows = Sku.objects.filter(code__in=codes).annotate(**on_sale).values(*columns, *on_sale)
    return {
        row["code"]: Offer(
            sku_id=row["id"],
            code=row["code"],
            title=row["product__title"],
            options=row["options"],
            prices=frozenset(
                price for price in (row["price"], row["discount_price"], row["member_price"]) if price is not None
            ),
            on_sale_in=frozenset(shop_id for shop_id in shop_ids if row["is_listed"] and row[f"in_{shop_id}"]),
        )
        for row in rows
    }


def warehouses_of(shop_ids: Collection[int]) -> dict[int, list[int]]:
    """The warehouses of each shop, first choice first."""
    found: dict[int, list[int]] = {shop_id: [] for shop_id in shop_ids}
    rows = ShopWarehouse.objects.filter(shop__in=shop_ids).order_by("rank", "id").values_list("shop_id", "warehouse_id")
    for shop_id, warehouse_id in rows:
        found[shop_id].append(warehouse_id)
    return found
