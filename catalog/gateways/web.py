"""Getting what stands at an address: once, briefly, from the address that was checked, nothing more.

The name is resolved first, every address must be allowed, and the connection goes to exactly that address. Redirects are
not followed, the environment's proxies are not used, and neither slowness nor size goes beyond the limits.
"""

import socket
import time
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from catalog.enums.quality import ProbeOutcome
from catalog.rules.quality.addresses import is_public

_CHUNK = 64 * 1024
_PORTS = {"http": 80, "https": 443}
_AGENT = "opsdesk storefront probe"


class Failed(Exception):
    """The page could not be had."""

    def __init__(self, reason: ProbeOutcome, detail: str = "", size: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.size = reason, detail, size


class _PinnedTls(HTTPAdapter):
    """Speaks TLS for a name while the connection goes to its address."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, server_hostname=self._host, assert_hostname=self._host)


def get(address: str, *, deadline: float, limit: int) -> bytes:
    """The bytes at the address, decoded; `deadline` is a moment of the monotonic clock. Raises: Failed."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    if not port or not host or parts.username:
        raise Failed(ProbeOutcome.FORBIDDEN_ADDRESS)
    place = _resolve(host, port)
    shown = f"[{place}]" if ":" in place else place
    pinned = urlunsplit((parts.scheme, f"{shown}:{port}", parts.path or "/", parts.query, ""))
    headers = {"Host": parts.netloc, "User-Agent": _AGENT, "Accept-Encoding": "gzip, deflate"}
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", _PinnedTls(host))
        try:
            with session.get(pinned, headers=headers, timeout=_left(deadline), stream=True, allow_redirects=False) as response:
                return _checked(response, deadline, limit)
        except requests.Timeout as failure:
            raise Failed(ProbeOutcome.TIMEOUT) from failure
        except (requests.RequestException, OSError) as failure:
            raise Failed(ProbeOutcome.UNREACHABLE, type(failure).__name__) from failure


def _checked(response: requests.Response, deadline: float, limit: int) -> bytes:
    if response.is_redirect or response.is_permanent_redirect:
        raise Failed(ProbeOutcome.REDIRECTED, response.headers.get("Location", "")[:200])
    if response.status_code != requests.codes.ok:
        raise Failed(ProbeOutcome.STATUS, str(response.status_code))
    body = bytearray()
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                raise Failed(ProbeOutcome.TOO_LARGE, size=len(body))
            _left(deadline)
    except TimeoutError as failure:
        raise Failed(ProbeOutcome.TIMEOUT, size=len(body)) from failure
    except (HTTPError, OSError) as failure:
        slow = isinstance(failure, ReadTimeoutError)
        raise Failed(ProbeOutcome.TIMEOUT if slow else ProbeOutcome.UNREACHABLE, type(failure).__name__, len(body)) from failure
    return bytes(body)


def _resolve(host: str, port: int) -> str:
    """The address that the connection goes to. All of the name's addresses must be allowed, else none is used."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as failure:
        raise Failed(ProbeOutcome.UNREACHABLE, "name") from failure
    if not settings.PROBE_ALLOW_PRIVATE and not all(is_public(address) for address in found):
        raise Failed(ProbeOutcome.FORBIDDEN_ADDRESS)
    return found[0]


def _left(deadline: float) -> float:
    """The seconds that are left. Raises: Failed, when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Failed(ProbeOutcome.TIMEOUT)
    return left
