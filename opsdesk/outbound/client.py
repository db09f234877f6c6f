"""Asking somebody else's server: once, briefly, at the address that was checked, nothing more.

The name is resolved first, every address must be allowed, and the connection goes to exactly that address. Redirects are
not followed, the environment's proxies are not used, and neither slowness nor size goes beyond the limits.
"""

import socket
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Thread
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from opsdesk.common.text import mark
from opsdesk.outbound.addresses import is_public

_CHUNK = 64 * 1024
_PORTS = {"http": 80, "https": 443}
_AGENT = "opsdesk"
_GRACE = 1.0  # seconds beyond the call's own, before it is given up


class Reason(StrEnum):
    """Why there is no answer."""

    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"


WORDS = {
    Reason.TIMEOUT: mark("no answer in time"),
    Reason.TOO_LARGE: mark("the answer is too large"),
    Reason.UNREACHABLE: mark("not reachable"),
    Reason.FORBIDDEN_ADDRESS: mark("the address is not allowed"),
}


def in_words(reason: str) -> str:
    """The message id of a stored reason; what the other side said itself stays as it is."""
    return {str(known): words for known, words in WORDS.items()}.get(reason, reason)


class Failed(Exception):
    """There is no answer."""

    def __init__(self, reason: Reason, detail: str = "", size: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.size = reason, detail, size


@dataclass(frozen=True)
class Call:
    """What is asked, of whom, for how many seconds at most and for how many bytes."""

    address: str
    seconds: float
    limit: int
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What the server said, whatever its status; the body is decoded."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(call: Call) -> Answer:
    """The server's answer, whatever its status, at most a second after the call's own time.

    A peer that sends its head byte by byte is cut off by the waiting, not by the socket's time-out.
    Raises: Failed.
    """
    answer: Future[Answer] = Future()
    Thread(target=_deliver, args=(call, answer), daemon=True).start()
    try:
        return answer.result(call.seconds + _GRACE)
    except TimeoutError as late:
        raise Failed(Reason.TIMEOUT) from late


def _deliver(call: Call, answer: "Future[Answer]") -> None:
    try:
        answer.set_result(_send(call, time.monotonic() + call.seconds))
    except Exception as failure:
        answer.set_exception(failure)


def _send(call: Call, deadline: float) -> Answer:
    parts = urlsplit(call.address)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    if not port or not host or parts.username:
        raise Failed(Reason.FORBIDDEN_ADDRESS)
    place = _resolve(host, port)
    shown = f"[{place}]" if ":" in place else place
    pinned = urlunsplit((parts.scheme, f"{shown}:{port}", parts.path or "/", parts.query, ""))
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip, deflate", **call.headers, "Host": parts.netloc}
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", _PinnedTls(host))
        try:
            with session.request(
                call.method,
                pinned,
                data=call.body,
                headers=headers,
                timeout=_left(deadline),
                stream=True,
                allow_redirects=False,
            ) as response:
                return Answer(response.status_code, response.headers, _read(response, deadline, call.limit))
        except requests.Timeout as failure:
            raise Failed(Reason.TIMEOUT) from failure
        except (requests.RequestException, OSError) as failure:
            raise Failed(Reason.UNREACHABLE, type(failure).__name__) from failure


class _PinnedTls(HTTPAdapter):
    """Speaks TLS for a name while the connection goes to its address."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, server_hostname=self._host, assert_hostname=self._host)


def _read(response: requests.Response, deadline: float, limit: int) -> bytes:
    body = bytearray()
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                raise Failed(Reason.TOO_LARGE, size=len(body))
            _left(deadline)
    except TimeoutError as failure:
        raise Failed(Reason.TIMEOUT, size=len(body)) from failure
    except (HTTPError, OSError) as failure:
        slow = isinstance(failure, ReadTimeoutError)
        raise Failed(Reason.TIMEOUT if slow else Reason.UNREACHABLE, type(failure).__name__, len(body)) from failure
    return bytes(body)


def _resolve(host: str, port: int) -> str:
    """The address that the connection goes to. All of the name's addresses must be allowed, else none is used."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as failure:
        raise Failed(Reason.UNREACHABLE, "name") from failure
    if not settings.OUTBOUND_ALLOW_PRIVATE and not all(is_public(address) for address in found):
        raise Failed(Reason.FORBIDDEN_ADDRESS)
    return found[0]


def _left(deadline: float) -> float:
    """The seconds that are left. Raises: Failed, when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Failed(Reason.TIMEOUT)
    return left
