"""The catalog's tables, one module an aggregate."""

from catalog.models.alert import StockAlert
from catalog.models.bannedword import BannedWord
from catalog.models.category import Category
from catalog.models.counting import SlowStock, StockPeriod, Stocktake, StocktakeLine
from catalog.models.inbound import (
    GoodsReceipt,
    GoodsReceiptCount,
    GoodsReceiptLine,
    PurchaseOrder,
    PurchaseOrderLine,
    StockAdjustment,
    StockAdjustmentLine,
    StockTransfer,
    StockTransferLine,
    StockTransferLot,
)
from catalog.models.listing import ListingIssue, ListingRevision, PostPublishCheck
from catalog.models.pages import ContentPage, PageFinding, PageMeasurement, PageReview, PageVersion
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
from catalog.models.warehouse import ShopWarehouse, StorageLocation, Warehouse

__all__ = [
    "BannedWord",
    "Category",
    "CompetitorPrice",
    "CompetitorProduct",
    "ContentPage",
    "GoodsReceipt",
    "GoodsReceiptCount",
    "GoodsReceiptLine",
    "ListingIssue",
    "ListingRevision",
    "MarketNote",
    "MarketResearch",
    "PageFinding",
    "PageMeasurement",
    "PageReview",
    "PageVersion",
    "PostPublishCheck",
    "PriceProposal",
    "Product",
    "ProductShop",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "Reservation",
    "SearchTermCount",
    "SelectionLine",
    "SelectionList",
    "ShopWarehouse",
    "Sku",
    "SlowStock",
    "StockAdjustment",
    "StockAdjustmentLine",
    "StockAlert",
    "StockItem",
    "StockLot",
    "StockMovement",
    "StockPeriod",
    "StockTransfer",
    "StockTransferLine",
    "StockTransferLot",
    "Stocktake",
    "StocktakeLine",
    "StorageLocation",
    "Supplier",
    "SupplierAssessment",
    "SupplierDocument",
    "Warehouse",
]
