"""What every request gets: an id, the page's security policy, the user's language."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from ulid import ULID

GetResponse = Callable[[HttpRequest], HttpResponse]

# unfold's Alpine evaluates expressions, hence 'unsafe-eval', and sets styles; nothing comes from elsewhere.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_HOST = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?")


def policy_with_images(addresses: Iterable[str]) -> str:
    """The policy of a page that shows images of other origins as well, of exactly those."""
    parts = [urlsplit(address) for address in addresses]
    hosts = {f"{part.scheme}://{part.netloc.lower()}" for part in parts if _HOST.fullmatch(part.netloc.lower())}
    return POLICY.replace("img-src 'self' data:", " ".join(("img-src 'self' data:", *sorted(hosts))))


class RequestIdMiddleware:
    """Gives the request an id that answers, audit entries and logs share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = f"req_{ULID()}"  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class SecurityPolicyMiddleware:
    """Pages load from this origin only; what is signed in for is never cached."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
        return response


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses pages and answers; images are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class UserLanguageMiddleware:
    """The language that the user has chosen wins over the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)
