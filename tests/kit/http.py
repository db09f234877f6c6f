"""Calling the REST door in the test's own process."""

import json
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

_serial = count(1)


class Api:
    """A REST client with a key; each POST has an Idempotency-Key of its own unless one is given."""

    def __init__(self, key: str | None) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {key}"} if key else {})

    def get(self, path: str, **params: Any) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", params)  # type: ignore[return-value]

    def post(self, path: str, body: Any, *, key: str | None = "", **headers: str) -> HttpResponse:
        if key is not None:
            headers["Idempotency-Key"] = key or f"test-{next(_serial)}"
        raw = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", raw, content_type="application/json", headers=headers)  # type: ignore[return-value]


def problem(response: HttpResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """(status, code, [(pointer, code)]) of a refusal."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body = json.loads(response.content)
    return response.status_code, body["code"], [(error["pointer"], error["code"]) for error in body["errors"]]
