"""Every refusal as RFC 9457 ``application/problem+json``, in the caller's language, with all errors at once."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django_filters.rest_framework import FilterSet
from rest_framework import exceptions
from rest_framework.response import Response

from opsdesk.common import errors
from opsdesk.common.errors import DomainError, Issue
from opsdesk.common.text import mark
from opsdesk.doors.words import say

MEDIA_TYPE = "application/problem+json"
STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (errors.TooLarge, 413),
    (errors.Unsupported, 415),
    (errors.Malformed, 400),
    (errors.Invalid, 422),
    (errors.Conflict, 409),
    (errors.Stale, 412),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
)
_LOCK_NOT_AVAILABLE = "55P03"
_log = logging.getLogger(__name__)


class RequestInProgress(errors.Conflict):
    """A call with the same key, or on the same rows, is still running."""

    code = "request_in_progress"
    message = mark("The same request is still running; try again shortly.")


class Unavailable(DomainError):
    """Something that the call needs is away for the moment."""

    code = "temporarily_unavailable"
    message = mark("The service is not available for the moment; try again shortly.")


_FROM_DRF: dict[type[exceptions.APIException], tuple[str, str]] = {
    exceptions.NotAuthenticated: ("not_authenticated", mark("An API key or a signed-in session is needed.")),
    exceptions.AuthenticationFailed: ("invalid_token", mark("The API key is unknown, expired or revoked.")),
    exceptions.PermissionDenied: ("permission_denied", errors.Forbidden.message),
    exceptions.NotFound: ("not_found", errors.NotFound.message),
    exceptions.MethodNotAllowed: ("method_not_allowed", mark("This method is not allowed here.")),
    exceptions.UnsupportedMediaType: ("unsupported_media_type", mark("Send the body as application/json.")),
    exceptions.NotAcceptable: ("not_acceptable", mark("The answer is available as application/json only.")),
    exceptions.ParseError: ("malformed_json", mark("The body is not valid JSON in UTF-8.")),
}


def status_of(error: DomainError) -> int:
    """The HTTP status that a refusal is told with."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 503)


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: what may be refused becomes a problem, anything else propagates."""
    request = context["request"]._request
    if isinstance(exception, OperationalError):
        locked = getattr(exception.__cause__, "pgcode", "") == _LOCK_NOT_AVAILABLE
        _log.warning("database: %s", exception)
        exception = RequestInProgress() if locked else Unavailable()
    if isinstance(exception, DomainError):
        status, body = status_of(exception), problem(exception, request)
    elif isinstance(exception, (Http404, PermissionDenied)):
        refusal = errors.NotFound() if isinstance(exception, Http404) else errors.Forbidden()
        status, body = status_of(refusal), problem(refusal, request)
    elif isinstance(exception, exceptions.APIException):
        code, message = _FROM_DRF.get(type(exception), ("error", mark("The request was refused.")))
        status = exception.status_code
        body = problem(DomainError(message, code=code), request, status=status)
    else:
        return None
    response = Response(body, status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(exception, (RequestInProgress, Unavailable)):
        response["Retry-After"] = "1"
    return response


def problem(error: DomainError, request: HttpRequest, *, status: int | None = None) -> dict[str, Any]:
    """The problem document of a refusal."""
    return {
        "type": f"urn:opsdesk:problem:{error.error_code}",
        "title": say(error.message_id, error.params),
        "status": status or status_of(error),
        "code": error.error_code,
        "detail": say(error.message_id, error.params),
        "request_id": getattr(request, "request_id", ""),
        "errors": [as_dict(issue) for issue in error.issues],
        "retryable": isinstance(error, (RequestInProgress, Unavailable)),
        **error.extra,
    }


def as_dict(issue: Issue) -> dict[str, Any]:
    """One entry of the problem's errors."""
    return {"pointer": issue.pointer, "code": issue.code, "message": say(issue.message, issue.params), **issue.extra}


def plain_problem(request: HttpRequest, error: DomainError, status: int) -> HttpResponse:
    """A problem made outside DRF: unknown paths, and errors of the server itself."""
    return JsonResponse(problem(error, request, status=status), status=status, content_type=MEDIA_TYPE)


def filter_issues(filterset: FilterSet) -> list[Issue]:
    """What is wrong with the query's filters."""
    return [Issue(f"?{name}", "invalid_parameter", gettext(str(messages[0]))) for name, messages in filterset.errors.items()]
