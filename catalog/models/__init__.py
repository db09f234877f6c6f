"""The catalog's tables, one module an aggregate."""

from catalog.models.alert import StockAlert
from catalog.models.bannedword import BannedWord
from catalog.models.category import Category
from catalog.models.listing import ListingIssue, ListingRevision, PostPublishCheck
from catalog.models.media import BriefComment, BriefDelivery, DesignBrief, ImageStandard, MediaAsset
from catalog.models.pages import ContentPage, PageFinding, PageMeasurement, PageReview, PageVersion
from catalog.models.product import Product, ProductShop, Sku
from catalog.models.stock import Reservation, StockItem, StockLot, StockMovement
from catalog.models.warehouse import ShopWarehouse, Warehouse

__all__ = [
    "BannedWord",
    "BriefComment",
    "BriefDelivery",
    "Category",
    "ContentPage",
    "DesignBrief",
    "ImageStandard",
    "ListingIssue",
    "ListingRevision",
    "MediaAsset",
    "PageFinding",
    "PageMeasurement",
    "PageReview",
    "PageVersion",
    "PostPublishCheck",
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
