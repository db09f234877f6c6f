"""Who calls: an API client by its key, or a member of staff by the browser's session."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from opsdesk.accounts.models import ApiClient
from opsdesk.accounts.queries import client_actor, staff_actor
from opsdesk.accounts.services import authenticate_key
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden
from opsdesk.common.text import mark

USED_EVERY = timedelta(minutes=1)
_INVALID = mark("The API key is unknown, expired or revoked.")


@dataclass(frozen=True)
class Principal:
    """What DRF keeps as the request's user: authenticated, and able to say which actor it is."""

    actor: Actor
    is_authenticated: bool = True
    is_active: bool = True


class ApiKeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer ops_live_<prefix>_<secret>``."""

    def authenticate(self, request: Request) -> tuple[Principal, ApiClient] | None:
        scheme, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = clock.now()
        client = authenticate_key(key.strip(), now=now)
        if client is None or not _from_allowed_network(client, request.META.get("REMOTE_ADDR", "")):
            raise AuthenticationFailed(_INVALID, code="invalid_token")
        if client.last_used_at is None or client.last_used_at < now - USED_EVERY:
            stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_EVERY)
            ApiClient.objects.filter(stale, pk=client.pk).update(last_used_at=now)
        return Principal(client_actor(client, request_id=_request_id(request))), client

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class StaffSessionAuthentication(SessionAuthentication):
    """A signed-in member of staff; unsafe methods need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Principal, None] | None:
        user = getattr(request._request, "user", None) or AnonymousUser()
        try:
            actor = staff_actor(user, request_id=_request_id(request))
        except Forbidden:
            return None
        self.enforce_csrf(request)
        return Principal(actor), None


def _from_allowed_network(client: ApiClient, address: str) -> bool:
    if not client.allowed_networks:
        return True
    try:
        caller = ipaddress.ip_address(address)
        return any(caller in ipaddress.ip_network(network, strict=False) for network in client.allowed_networks)
    except ValueError:
        return False


def _request_id(request: Request) -> str:
    return getattr(request._request, "request_id", "")
