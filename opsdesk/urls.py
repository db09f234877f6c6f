"""All addresses of opsdesk. Apps are included by string: the root knows them, they do not know it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import defaults
from django.views.generic import RedirectView
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from opsdesk.common.errors import DomainError, NotFound
from opsdesk.common.text import mark
from opsdesk.doors.api.problems import plain_problem
from opsdesk.web import health

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    path("media/", include("catalog.api.media_urls")),
    path("survey/", include("support.api.voice.urls")),
    path("api/v1/", include("opsdesk.consoles.api.urls")),
    path("api/v1/", include("catalog.api.urls")),
    path("api/v1/", include("orders.api.urls")),
    path("api/v1/", include("promotions.api.urls")),
    path("api/v1/", include("support.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("health/live/", health.live),
    path("health/ready/", health.ready),
    path("health/status/", health.status),
]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Unknown paths: a problem for programs, a page for people."""
    if request.path.startswith("/api/"):
        return plain_problem(request, NotFound(), 404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error of ours: a problem for programs, a page for people."""
    if request.path.startswith("/api/"):
        return plain_problem(request, DomainError(mark("Something went wrong on our side."), code="internal_error"), 500)
    return defaults.server_error(request)


handler404 = not_found
handler500 = server_error
