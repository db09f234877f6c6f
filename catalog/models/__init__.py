"""The catalog's tables, one module an aggregate."""

from catalog.models.alert import StockAlert
from catalog.models.bannedword import BannedWord
from catalog.models.category import Category
from catalog.models.listing import ListingIssue, ListingRevision, PostPublishCheck
from catalog.models.product import Product, ProductShop, Sku
from catalog.models.selection import (
    CompetitorPrice,
    CompetitorProduct,
    MarketNote,
    MarketResearch,
    PriceProposal,
    SearchTermCount,
    SelectionLine,
    SelectionList,
    Supplier,
    SupplierAssessment,
    SupplierDocument,
)
from catalog.models.stock import Reservation, StockItem, StockLot, StockMovement
from catalog.models.warehouse import ShopWarehouse, Warehouse

__all__ = [
    "BannedWord",
    "Category",
    "CompetitorPrice",
    "CompetitorProduct",
    "ListingIssue",
    "ListingRevision",
    "MarketNote",
    "MarketResearch",
    "PostPublishCheck",
    "PriceProposal",
    "Product",
    "ProductShop",
    "Reservation",
    "SearchTermCount",
    "SelectionLine",
    "SelectionList",
    "ShopWarehouse",
    "Sku",
    "StockAlert",
    "StockItem",
    "StockLot",
    "StockMovement",
    "Supplier",
    "SupplierAssessment",
    "SupplierDocument",
    "Warehouse",
]
