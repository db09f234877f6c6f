"""Addresses of the kernel packages under /api/v1/."""

from django.urls import path

from opsdesk.consoles.api.events import EventFeed

urlpatterns = [path("events/", EventFeed.as_view())]
