"""Shops, products and stock."""

from decimal import Decimal
from itertools import count

from catalog.enums.listings import ProductStatus
from catalog.enums.stock import MovementReason
from catalog.models import Category, Product, ProductShop, Sku, StockItem, Warehouse
from catalog.services.entry.labels import sync_labels
from catalog.services.setup import create_category, create_warehouse, serve_shop
from catalog.services.stock import Booking, book
from opsdesk.common.actors import SYSTEM
from opsdesk.shops.enums import Platform
from opsdesk.shops.models import Shop
from opsdesk.shops.services import create_shop
from tests.builders.times import NOW

_serial = count(1)


def a_shop(code: str = "tmall-01", *, currency: str = "CNY", warehouse: Warehouse | None = None) -> Shop:
    """An open shop that is served by one warehouse."""
    shop = create_shop(code=code, name=code, platform=Platform.TMALL, currency=currency, actor=SYSTEM, now=NOW)
    serve_shop(shop=shop, warehouse=warehouse or a_warehouse(), rank=1, actor=SYSTEM, now=NOW)
    return shop


def a_warehouse(code: str = "sz-01") -> Warehouse:
    """The warehouse of that code, made if it is not there."""
    found = Warehouse.objects.filter(code=code).first()
    return found or create_warehouse(code=code, name=code, region="", actor=SYSTEM, now=NOW)


def a_category(code: str = "t-shirts") -> Category:
    """A leaf of level 3; with it come the tags and commitments that every installation has."""
    sync_labels()
    if found := Category.objects.filter(code=code).first():
        return found
    parent = None
    for level, name in enumerate(("l1", "l2"), start=1):
        parent = Category.objects.filter(code=f"{code}-{name}").first() or create_category(
            code=f"{code}-{name}", name=f"level {level}", parent=parent, actor=SYSTEM, now=NOW
        )
    return create_category(code=code, name=code, parent=parent, actor=SYSTEM, now=NOW)


def a_product(*shops: Shop, code: str = "") -> Product:
    """A live product, sold in these shops."""
    code = code or f"P-{next(_serial)}"
    product = Product.objects.create(code=code, title=f"T-shirt {code}", category=a_category(), status=ProductStatus.LIVE)
    ProductShop.objects.bulk_create(ProductShop(product=product, shop=shop) for shop in shops)
    return product


def a_sku(*shops: Shop, code: str = "TS-RED-M", price: str = "99.00", on_hand: int = 0, product: Product | None = None) -> Sku:
    """A SKU of a live product, sold in these shops, with pieces in warehouse sz-01."""
    sku = Sku.objects.create(
        product=product or a_product(*shops), code=code, options={"size": "M"}, cost=Decimal("40.00"), price=Decimal(price)
    )
    if on_hand:
        stock_up(sku, on_hand)
    return sku


def stock_up(sku: Sku, pieces: int, warehouse: Warehouse | None = None) -> None:
    """Receive pieces."""
    place = warehouse or a_warehouse()
    key = f"receipt:{sku.code}:{next(_serial)}"
    book([Booking(sku.pk, place.pk, pieces, key)], reason=MovementReason.RECEIPT, actor=SYSTEM, now=NOW)


def stock_of(sku: Sku) -> tuple[int, int]:
    """(on hand, reserved) over all warehouses."""
    items = StockItem.objects.filter(sku=sku)
    return sum(item.on_hand for item in items), sum(item.reserved for item in items)
