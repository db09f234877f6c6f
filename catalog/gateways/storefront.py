"""Reading a product's page in a shop's storefront: once, briefly, from the address that was checked, nothing more.

The name is resolved first, every address must be allowed, and the connection goes to exactly that address. Redirects are
not followed, the environment's proxies are not used, and neither slowness nor size goes beyond the limits.
"""

import socket
import time
from concurrent.futures import Future
from threading import Thread
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from catalog.enums.quality import PageFormat, ProbeOutcome
from catalog.gateways.page_reading import Unreadable, read_html, read_json
from catalog.rules.quality.addresses import is_public
from catalog.rules.quality.page import PageFacts, ProbeFailure, Target

MAX_BYTES = 3 * 1024 * 1024
_CHUNK = 64 * 1024
_GRACE = 1.0  # seconds beyond the target's own, before it is given up
_PORTS = {"http": 80, "https": 443}
_AGENT = "opsdesk storefront probe"
_READERS = {PageFormat.JSON: read_json, PageFormat.HTML: read_html}


class _Failed(Exception):
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


def fetch(target: Target) -> PageFacts | ProbeFailure:
    """What the page says, or why it could not be read; never raises, and takes little longer than the target's seconds.

    SOP: C15, C18
    """
    started = time.monotonic()
    answer: Future[PageFacts | ProbeFailure] = Future()
    # a peer that sends its head byte by byte is cut off by the waiting, not by the socket's time-out
    Thread(target=_deliver, args=(target, started, answer), daemon=True).start()
    try:
        return answer.result(target.seconds + _GRACE)
    except TimeoutError:
        return ProbeFailure(ProbeOutcome.TIMEOUT, seconds=time.monotonic() - started)


def _deliver(target: Target, started: float, answer: "Future[PageFacts | ProbeFailure]") -> None:
    try:
        answer.set_result(_read(target, started))
    except Exception as failure:
        answer.set_exception(failure)


def _read(target: Target, started: float) -> PageFacts | ProbeFailure:
    try:
        body = _body(target, started + target.seconds)
        seconds = time.monotonic() - started
        return _READERS[PageFormat(target.page_format)](body, target.parts, seconds=seconds)
    except _Failed as failure:
        return ProbeFailure(failure.reason, failure.detail, failure.size, time.monotonic() - started)
    except (Unreadable, RecursionError) as failure:
        return ProbeFailure(ProbeOutcome.UNREADABLE, str(failure), seconds=time.monotonic() - started)


def _body(target: Target, deadline: float) -> bytes:
    parts = urlsplit(target.address)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    if not port or not host or parts.username:
        raise _Failed(ProbeOutcome.FORBIDDEN_ADDRESS)
    address = _resolve(host, port)
    shown = f"[{address}]" if ":" in address else address
    pinned = urlunsplit((parts.scheme, f"{shown}:{port}", parts.path or "/", parts.query, ""))
    headers = {"Host": parts.netloc, "User-Agent": _AGENT, "Accept-Encoding": "gzip, deflate"}
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", _PinnedTls(host))
        try:
            with session.get(pinned, headers=headers, timeout=_left(deadline), stream=True, allow_redirects=False) as response:
                return _checked(response, deadline)
        except requests.Timeout as failure:
            raise _Failed(ProbeOutcome.TIMEOUT) from failure
        except (requests.RequestException, OSError) as failure:
            raise _Failed(ProbeOutcome.UNREACHABLE, type(failure).__name__) from failure


def _checked(response: requests.Response, deadline: float) -> bytes:
    if response.is_redirect or response.is_permanent_redirect:
        raise _Failed(ProbeOutcome.REDIRECTED, response.headers.get("Location", "")[:200])
    if response.status_code != requests.codes.ok:
        raise _Failed(ProbeOutcome.STATUS, str(response.status_code))
    body = bytearray()
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > MAX_BYTES:
                raise _Failed(ProbeOutcome.TOO_LARGE, size=len(body))
            _left(deadline)
    except TimeoutError as failure:
        raise _Failed(ProbeOutcome.TIMEOUT, size=len(body)) from failure
    except (HTTPError, OSError) as failure:
        slow = isinstance(failure, ReadTimeoutError)
        raise _Failed(
            ProbeOutcome.TIMEOUT if slow else ProbeOutcome.UNREACHABLE, type(failure).__name__, len(body)
        ) from failure
    return bytes(body)


def _resolve(host: str, port: int) -> str:
    """The address that the connection goes to. All of the name's addresses must be allowed, else none is used."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as failure:
        raise _Failed(ProbeOutcome.UNREACHABLE, "name") from failure
    if not settings.PROBE_ALLOW_PRIVATE and not all(is_public(address) for address in found):
        raise _Failed(ProbeOutcome.FORBIDDEN_ADDRESS)
    return found[0]


def _left(deadline: float) -> float:
    """The seconds that are left. Raises: _Failed, when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise _Failed(ProbeOutcome.TIMEOUT)
    return left
