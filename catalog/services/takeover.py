"""Taking over goods that are on sale already, when a shop moves its business to opsdesk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.enums.listings import ProductStatus
from catalog.enums.prices import PriceSource
from catalog.models import Category, Product, ProductShop, Sku
from catalog.services.prices.history import Origin, keep_history
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.common.text import mark
from opsdesk.shops.models import Shop

TITLE_LENGTH = 120


@dataclass(frozen=True)
class GoodsSku:
    """A piece as the shop sells it now. `alert_threshold` None means the general one."""

    code: str
    price: Decimal
    cost: Decimal | None = None
    discount_price: Decimal | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    barcode: str = ""
    alert_threshold: int | None = None


@dataclass(frozen=True)
class Goods:
    """A product as the shop sells it now, below the category with that code."""

    code: str
    title: str
    category: str
    skus: Sequence[GoodsSku]


@transaction.atomic
def take_over_products(*, goods: Sequence[Goods], shops: Sequence[Shop], actor: Actor, now: datetime) -> int:
    """Put goods on sale as they are, without review: they were on sale before. What is known by its code stays as it is.

    A fixed number of statements. Returns how many SKUs are new.
    Raises: Forbidden, NotFound (no such category).
    Ours: shops arrive with a range of goods
    """
    actor.require("catalog.take_over_products")
    known = set(Product.objects.filter(code__in=[one.code for one in goods]).values_list("code", flat=True))
    fresh = [one for one in goods if one.code not in known]
    categories = Category.objects.in_bulk({one.category for one in fresh}, field_name="code")
    if missing := {one.category for one in fresh} - categories.keys():
        raise NotFound(mark("There is no such category: %(codes)s"), codes=", ".join(sorted(missing)))
    products = {
        one.code: Product(
            code=one.code, title=one.title[:TITLE_LENGTH], category=categories[one.category], status=ProductStatus.LIVE
        )
        for one in fresh
    }
    Product.objects.bulk_create(products.values())
    ProductShop.objects.bulk_create(ProductShop(product=product, shop=shop) for product in products.values() for shop in shops)
    skus = [Sku(product=products[one.code], **vars(sku)) for one in fresh for sku in one.skus]
    Sku.objects.bulk_create(skus)
    keep_history([(sku, Origin(PriceSource.OPENING)) for sku in skus], actor=actor, now=now)
    record_many(
        [
            Change("catalog.product_taken_over", "product", product.public_id, after={"status": product.status})
            for product in products.values()
        ],
        actor=actor,
        now=now,
    )
    return len(skus)
