"""Asking kuaidi100 after a parcel."""

from dataclasses import dataclass

from django.conf import settings

from opsdesk.outbound import client
from opsdesk.outbound.client import Call
from orders.rules.tracking import kuaidi100

_OK = 200
_LIMIT = 500_000  # bytes of one answer
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class NoAnswer:
    """The source could not be reached, or answered nonsense; it says nothing about the parcel."""

    reason: str


def polls() -> bool:
    """True when an account to ask with is set up."""
    return bool(settings.KUAIDI100_KEY)


def ask(*, carrier: str, tracking_no: str, phone: str, seconds: float) -> bytes | NoAnswer:
    """What the source answers about one parcel; never raises."""
    body = kuaidi100.question(
        carrier=carrier,
        tracking_no=tracking_no,
        phone=phone,
        customer=settings.KUAIDI100_CUSTOMER,
        key=settings.KUAIDI100_KEY,
    )
    try:
        answer = client.send(Call(settings.KUAIDI100_URL, seconds, _LIMIT, method="POST", body=body, headers=_FORM))
    except client.Failed as failure:
        return NoAnswer(failure.reason.value)
    return answer.body if answer.status == _OK else NoAnswer(f"HTTP {answer.status}")
