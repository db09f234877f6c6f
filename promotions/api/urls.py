"""Addresses of promotions under /api/v1/."""

from django.urls import path

from promotions.api import quotes

urlpatterns = [path("quotes/", quotes.QuoteCollection.as_view())]
