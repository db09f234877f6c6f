"""The journey's REST client: one connection to the running system, standard library only."""

import json
import uuid
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from types import TracebackType
from typing import Any
from urllib.parse import urlencode, urlsplit

TIMEOUT = 120  # seconds


class Refused(Exception):
    """The system answered with an error."""


class Rest:
    """Calls the API on one keep-alive connection."""

    def __init__(self, port: int, key: str, host: str = "127.0.0.1") -> None:
        self._connection = HTTPConnection(host, port, timeout=TIMEOUT)
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def __enter__(self) -> "Rest":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST with an Idempotency-Key of its own. Raises: Refused."""
        return self._call("POST", f"/api/v1/{path}", json.dumps(body), {"Idempotency-Key": str(uuid.uuid4())})

    def rows(self, path: str, **filters: str) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page. Raises: Refused."""
        url = f"/api/v1/{path}?{urlencode({'limit': 200} | filters)}"
        while url:
            page = self._call("GET", url, None, {})
            yield from page["results"]
            target = urlsplit(page["next"] or "")
            url = f"{target.path}?{target.query}" if page["next"] else ""

    def _call(self, method: str, url: str, body: str | None, headers: Mapping[str, str]) -> dict[str, Any]:
        self._connection.request(method, url, body, {**self._headers, **headers})
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        if response.status >= 300:
            raise Refused(f"{method} {url}: {response.status} {answer.get('code')} {answer.get('detail')}")
        return dict(answer)
