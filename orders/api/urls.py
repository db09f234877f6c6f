"""Addresses of orders under /api/v1/."""

from django.urls import path

from orders.api import bulk, orders

urlpatterns = [
    path("bulk/orders/", bulk.BulkOrders.as_view()),
    path("orders/", orders.OrderCollection.as_view()),
    path("orders/<str:key>/", orders.OrderDetail.as_view()),
]
