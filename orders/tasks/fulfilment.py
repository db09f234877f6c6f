"""Sending released orders to the warehouse system: claimed by a service, sent without a transaction, recorded by one."""

from datetime import datetime

from opsdesk.parameters.queries import value
from orders.gateways import fulfilment as gateway
from orders.parameters.fulfilment import PUSH_BATCH, PUSH_SECONDS
from orders.services.fulfilment import pushes

_SLICE = 20  # orders claimed at once


def push_orders(*, now: datetime) -> int:
    """Hand over what was released and has no hold, and try again what was not answered; returns how many were sent.

    SOP: O6
    """
    if not gateway.pushes():
        return 0
    sent, left = 0, value(PUSH_BATCH)
    pushes.queue_released(limit=left, now=now)
    while left > 0 and (claimed := pushes.claim(limit=min(_SLICE, left), now=now)):
        for one in claimed:
            reply = gateway.send(
                key=one.key, body=one.body, timestamp=str(int(now.timestamp())), seconds=value(PUSH_SECONDS).total_seconds()
            )
            pushes.record_reply(push_id=one.push_id, reply=reply, now=now)
        sent, left = sent + len(claimed), left - len(claimed)
    return sent
