"""Addresses of the catalog under /api/v1/."""

from django.urls import path

from catalog.api import pages, products, stock

urlpatterns = [
    path("pages/", pages.PageCollection.as_view()),
    path("pages/<str:key>/", pages.PageDetail.as_view()),
    path("stock-levels/", stock.StockLevelCollection.as_view()),
    path("bulk/stock-levels/", stock.BulkStockLevels.as_view()),
    path("products/", products.ProductCollection.as_view()),
    path("products/<str:key>/", products.ProductDetail.as_view()),
    path("product-drafts/", products.DraftCollection.as_view()),
    path("product-drafts/<str:key>/", products.DraftDetail.as_view()),
    path("product-drafts/<str:key>/submit/", products.DraftSubmit.as_view()),
    path("product-drafts/<str:key>/withdraw/", products.DraftWithdraw.as_view()),
]
