"""Addresses of the catalog under /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
