"""Sending released orders to the warehouse system: claimed by a service, sent without a transaction, recorded by one."""

from datetime import datetime

from opsdesk.parameters.queries import value
from orders.gateways import fulfilment as gateway
from orders.parameters.fulfilment import PUSH_BATCH, PUSH_SECONDS
from orders.services.fulfilment import pushes, recalls

_SLICE = 20  # orders claimed at once


def recall_orders(*, now: datetime) -> int:
    """Ask the warehouse system to stop the orders that were cancelled after it had taken them over; returns how many were
    asked about.

    SOP: O18
    """
    if not gateway.pushes():
        return 0
    claimed = recalls.claim(limit=_SLICE, now=now)
    for one in claimed:
        reply = gateway.recall(
            key=one.key, body=one.body, timestamp=str(int(now.timestamp())), seconds=value(PUSH_SECONDS).total_seconds()
        )
        recalls.record_reply(recall_id=one.push_id, reply=reply, now=now)
    return len(claimed)


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
