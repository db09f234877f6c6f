"""The range of goods, as the apps above need to know it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.models import Sku, StockItem


@dataclass(frozen=True)
class SkuFacts:
    """A SKU with its prices and its sellable pieces by warehouse."""

    id: int
    code: str
    price: Decimal
    discount_price: Decimal | None
    available: dict[int, int] = field(default_factory=dict)

    @property
    def selling_price(self) -> Decimal:
        """What a buyer pays now."""
        return self.price if self.discount_price is None else self.discount_price


def range_of(codes: Collection[str]) -> list[SkuFacts]:
    """The SKUs of these codes with their stock, in the order of their codes; two statements."""
    rows = Sku.objects.filter(code__in=codes).order_by("code").values_list("id", "code", "price", "discount_price")
    found = {row[0]: SkuFacts(*row) for row in rows}
    for item in StockItem.objects.filter(sku__in=found):
        found[item.sku_id].available[item.warehouse_id] = item.available
    return list(found.values())
