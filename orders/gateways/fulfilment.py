"""Sending orders, and their cancellations, to the warehouse system."""

from django.conf import settings

from opsdesk.outbound import client
from opsdesk.outbound.client import Answer, Call
from opsdesk.outbound.signing import signed
from orders.enums.fulfilment import PushState, RecallState
from orders.rules.fulfilment.pushes import RecallReply, Reply, read_answer, read_recall_answer

_LIMIT = 100_000  # bytes of one answer


def pushes() -> bool:
    """True when a warehouse system is set up."""
    return bool(settings.WMS_URL)


def send(*, key: str, body: bytes, timestamp: str, seconds: float) -> Reply:
    """What the warehouse system says to one order; never raises. SOP: O6"""
    try:
        answer = _post(key, body, timestamp, seconds)
    except client.Failed as failure:
        return Reply(PushState.WAITING, reason=failure.reason.value)
    return read_answer(answer.status, answer.body)


def recall(*, key: str, body: bytes, timestamp: str, seconds: float) -> RecallReply:
    """What the warehouse system says to the cancellation of an order that it has; never raises. SOP: O18"""
    try:
        answer = _post(key, body, timestamp, seconds)
    except client.Failed as failure:
        return RecallReply(RecallState.WAITING, failure.reason.value)
    return read_recall_answer(answer.status, answer.body)


def _post(key: str, body: bytes, timestamp: str, seconds: float) -> Answer:
    """The key makes sending a message twice harmless; the signature is over time and body."""
    headers = signed(body, key=key, timestamp=timestamp, secret=settings.WMS_SECRET)
    return client.send(Call(settings.WMS_URL, seconds, _LIMIT, method="POST", body=body, headers=headers))
