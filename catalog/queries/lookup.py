"""Finding goods by what somebody says or scans."""

from dataclasses import dataclass
from typing import Any

from catalog.models import Sku
from catalog.models.product import Product


@dataclass(frozen=True)
class Found:
    """A SKU with what tells it from its neighbours."""

    code: str
    barcode: str
    title: str
    options: dict[str, Any]


def find_skus(text: str, *, limit: int) -> list[Found]:
    """The SKU of that code or barcode; else those whose code begins with the text or whose product's title has it in it."""
    text = text.strip()
    if not text:
        return []
    rows = Sku.objects.select_related("product").order_by("code")
    exact = list(rows.filter(code=text)[:1]) or list(rows.filter(barcode=text)[:limit])
    if not exact:
        exact = list(rows.filter(code__startswith=text)[:limit])
    if not exact:
        titled = Product.objects.filter(title__icontains=text).order_by("pk").values("pk")[:limit]
        exact = list(rows.filter(product__in=titled)[:limit])
    return [Found(sku.code, sku.barcode, sku.product.title, sku.options) for sku in exact]


def product_by_code(code: str) -> Product | None:
    """The product with this code."""
    return Product.objects.filter(code=code).first()
