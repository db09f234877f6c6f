"""Addresses of the catalog under /api/v1/."""

from django.urls import path

from catalog.api import stock

urlpatterns = [
    path("stock-levels/", stock.StockLevelCollection.as_view()),
    path("bulk/stock-levels/", stock.BulkStockLevels.as_view()),
]
