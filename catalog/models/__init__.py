"""The catalog's tables, one module an aggregate."""

from catalog.models.alert import StockAlert
from catalog.models.bannedword import BannedWord
from catalog.models.category import Category
from catalog.models.listing import ListingIssue, ListingRevision, PostPublishCheck
from catalog.models.pages import ContentPage, PageFinding, PageMeasurement, PageReview, PageVersion
from catalog.models.product import Product, ProductShop, Sku
from catalog.models.quality import (
    AccuracyCheck,
    AuditedField,
    AuditItem,
    ListingError,
    ProbeRun,
    ProductFeedback,
    QualityAudit,
    QualityComplaint,
    Storefront,
    StorefrontItem,
    Suggestion,
)
from catalog.models.stock import Reservation, StockItem, StockLot, StockMovement
from catalog.models.warehouse import ShopWarehouse, Warehouse

__all__ = [
    "AccuracyCheck",
    "AuditItem",
    "AuditedField",
    "BannedWord",
    "Category",
    "ContentPage",
    "ListingError",
    "ListingIssue",
    "ListingRevision",
    "PageFinding",
    "PageMeasurement",
    "PageReview",
    "PageVersion",
    "PostPublishCheck",
    "ProbeRun",
    "Product",
    "ProductFeedback",
    "ProductShop",
    "QualityAudit",
    "QualityComplaint",
    "Reservation",
    "ShopWarehouse",
    "Sku",
    "StockAlert",
    "StockItem",
    "StockLot",
    "StockMovement",
    "Storefront",
    "StorefrontItem",
    "Suggestion",
    "Warehouse",
]
