"""Where the outside world reaches this installation."""

from django.conf import settings
from django.http import HttpRequest


def origin_of(request: HttpRequest) -> str:
    """Scheme and host of public addresses: as configured, else as the request came in."""
    return str(settings.PUBLIC_URL) or request.build_absolute_uri("/")
