"""The catalog's tables, one module an aggregate."""

from catalog.models.alert import StockAlert
from catalog.models.category import Category
from catalog.models.product import Product, ProductShop, Sku
from catalog.models.stock import Reservation, StockItem, StockLot, StockMovement
from catalog.models.warehouse import ShopWarehouse, Warehouse

__all__ = [
    "Category",
    "Product",
    "ProductShop",
    "Reservation",
    "ShopWarehouse",
    "Sku",
    "StockAlert",
    "StockItem",
    "StockLot",
    "StockMovement",
    "Warehouse",
]
