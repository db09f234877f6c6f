"""Addresses of orders under /api/v1/."""

from django.urls import path

from orders.api import bulk, changes, fulfilment, orders, pushes, refunds, return_policies, returns, shipments, tracking

urlpatterns = [
    path("bulk/orders/", bulk.BulkOrders.as_view()),
    path("orders/", orders.OrderCollection.as_view()),
    path("orders/<str:key>/", orders.OrderDetail.as_view()),
    path("orders/<str:key>/hold/", changes.HoldOrder.as_view()),
    path("orders/<str:key>/release-hold/", changes.ReleaseHold.as_view()),
    path("orders/<str:key>/mark-paid/", changes.MarkPaid.as_view()),
    path("orders/<str:key>/change-address/", changes.ChangeAddress.as_view()),
    path("orders/<str:key>/cancel/", changes.CancelOrder.as_view()),
    path("orders/<str:key>/intercept/", tracking.InterceptOrder.as_view()),
    path("orders/<str:key>/pack/", fulfilment.PackOrder.as_view()),
    path("orders/<str:key>/ship/", fulfilment.ShipOrder.as_view()),
    path("orders/<str:key>/confirm-receipt/", fulfilment.ConfirmReceipt.as_view()),
    path("shipments/", shipments.ShipmentCollection.as_view()),
    path("shipments/<str:key>/", shipments.ShipmentDetail.as_view()),
    path("carriers/kdniao/push/", pushes.kdniao_push),
    path("return-policies/", return_policies.ReturnPolicyCollection.as_view()),
    path("returns/", returns.ReturnCollection.as_view()),
    path("returns/<str:key>/", returns.ReturnDetail.as_view()),
    path("returns/<str:key>/cancel/", returns.CancelReturn.as_view()),
    path("returns/<str:key>/ship-back/", returns.ShipBack.as_view()),
    path("returns/<str:key>/evidence/", returns.AddEvidence.as_view()),
    path("refunds/", refunds.RefundCollection.as_view()),
    path("bulk/tracking-events/", shipments.BulkTrackingEvents.as_view()),
]
