"""Addresses of the catalog under /api/v1/."""

from django.urls import URLPattern, path

from catalog.api import products

urlpatterns: list[URLPattern] = [
    path("products/", products.ProductCollection.as_view()),
    path("products/<str:key>/", products.ProductDetail.as_view()),
    path("product-drafts/", products.DraftCollection.as_view()),
    path("product-drafts/<str:key>/", products.DraftDetail.as_view()),
    path("product-drafts/<str:key>/submit/", products.DraftSubmit.as_view()),
    path("product-drafts/<str:key>/withdraw/", products.DraftWithdraw.as_view()),
]
