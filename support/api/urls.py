"""Addresses of customer service under /api/v1/."""

from django.urls import path

from support.api import reviews, surveys, tickets

urlpatterns = [
    path("product-reviews/", reviews.ProductReviewCollection.as_view()),
    path("surveys/<str:token>/", surveys.SurveyAnswer.as_view()),
    path("tickets/", tickets.TicketCollection.as_view()),
    path("tickets/<str:key>/", tickets.TicketDetail.as_view()),
    path("tickets/<str:key>/messages/", tickets.MessageCollection.as_view()),
    path("tickets/<str:key>/messages/<str:message>/delivery/", tickets.MessageDelivery.as_view()),
]
