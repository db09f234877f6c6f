"""Sending orders to the warehouse system."""

from django.conf import settings

from opsdesk.outbound import client
from opsdesk.outbound.client import Call
from opsdesk.outbound.signing import signed
from orders.enums.fulfilment import PushState
from orders.rules.fulfilment.pushes import Reply, read_answer

_LIMIT = 100_000  # bytes of one answer


def pushes() -> bool:
    """True when a warehouse system is set up."""
    return bool(settings.WMS_URL)


def send(*, key: str, body: bytes, timestamp: str, seconds: float) -> Reply:
    """What the warehouse system says to one order; never raises.

    The key makes sending it twice harmless; the signature is over time and body. SOP: O6
    """
    headers = signed(body, key=key, timestamp=timestamp, secret=settings.WMS_SECRET)
    try:
        answer = client.send(Call(settings.WMS_URL, seconds, _LIMIT, method="POST", body=body, headers=headers))
    except client.Failed as failure:
        return Reply(PushState.WAITING, reason=failure.reason.value)
    return read_answer(answer.status, answer.body)
