"""Many REST clients at once against a real server."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import requests

TIMEOUT = 60  # seconds


def storm(url: str, key: str, bodies: Sequence[dict[str, Any]], *, idempotency_key: str = "") -> list[requests.Response]:
    """Send every body as an order of its own, all at the same moment; one key for all if one is given."""
    start = Barrier(len(bodies))

    def send(number: int) -> requests.Response:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": idempotency_key or f"storm-{number}"}
        with requests.Session() as session:
            start.wait()
            return session.post(f"{url}/api/v1/orders/", json=bodies[number], headers=headers, timeout=TIMEOUT)

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, range(len(bodies))))


def outcomes(answers: Sequence[requests.Response]) -> Counter[tuple[int, str]]:
    """How often each status and error code came back."""
    return Counter((one.status_code, one.json().get("code", "") if one.status_code >= 300 else "") for one in answers)
