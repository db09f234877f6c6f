"""Getting a page of a storefront."""

from catalog.enums.quality import ProbeOutcome
from opsdesk.outbound import client
from opsdesk.outbound.client import Call

_OK = 200
_REDIRECTS = range(300, 400)
_AGENT = {"User-Agent": "opsdesk storefront probe"}


class Failed(Exception):
    """The page could not be had."""

    def __init__(self, reason: ProbeOutcome, detail: str = "", size: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.size = reason, detail, size


def get(address: str, *, seconds: float, limit: int) -> bytes:
    """The bytes at the address, decoded. Raises: Failed."""
    try:
        answer = client.send(Call(address, seconds, limit, headers=_AGENT))
    except client.Failed as failure:
        raise Failed(ProbeOutcome(failure.reason.value), failure.detail, failure.size) from failure
    if answer.status in _REDIRECTS:
        raise Failed(ProbeOutcome.REDIRECTED, answer.headers.get("Location", "")[:200])
    if answer.status != _OK:
        raise Failed(ProbeOutcome.STATUS, str(answer.status))
    return answer.body
