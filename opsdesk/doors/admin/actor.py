"""The actor behind a browser request."""

from django.http import HttpRequest

from opsdesk.accounts.queries import staff_actor
from opsdesk.common.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in member of staff; looked up once a request. Raises: Forbidden."""
    actor: Actor | None = getattr(request, "_actor", None)
    if actor is None:
        actor = staff_actor(request.user, request_id=getattr(request, "request_id", ""))
        request._actor = actor  # type: ignore[attr-defined]
    return actor
