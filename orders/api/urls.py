"""Addresses of orders under /api/v1/."""

from django.urls import path

from orders.api import fulfilment, orders, shipments

urlpatterns = [
    path("orders/", orders.OrderCollection.as_view()),
    path("orders/<str:key>/", orders.OrderDetail.as_view()),
    path("orders/<str:key>/pack/", fulfilment.PackOrder.as_view()),
    path("orders/<str:key>/ship/", fulfilment.ShipOrder.as_view()),
    path("orders/<str:key>/confirm-receipt/", fulfilment.ConfirmReceipt.as_view()),
    path("shipments/", shipments.ShipmentCollection.as_view()),
    path("shipments/<str:key>/", shipments.ShipmentDetail.as_view()),
    path("bulk/tracking-events/", shipments.BulkTrackingEvents.as_view()),
]
