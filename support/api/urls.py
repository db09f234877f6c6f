"""Addresses of customer service under /api/v1/."""

from django.urls import path

from support.api import tickets
from support.api.voice.surveys import SurveyAnswer

urlpatterns = [
    path("tickets/", tickets.TicketCollection.as_view()),
    path("tickets/<str:key>/", tickets.TicketDetail.as_view()),
    path("tickets/<str:key>/messages/", tickets.MessageCollection.as_view()),
    path("tickets/<str:key>/messages/<str:message>/delivery/", tickets.MessageDelivery.as_view()),
    path("surveys/<str:token>/", SurveyAnswer.as_view()),
]
