"""Handing orders over to the warehouse system: when to try again, what an answer means, how a message is signed. Pure."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.fulfilment import PushState as S
from orders.enums.fulfilment import RecallState as R

_TRY_LATER = {408, 425, 429}
_LONGEST = 200  # characters of a reason
_REFUSED = "rejected"
_TOO_LATE, _LATER = {_REFUSED, "too_late"}, {"pending"}
_CONFLICT, _UNKNOWN = 409, {404, 410}

PUSH_LIFECYCLE = Lifecycle(
    Transition("retry", {S.REJECTED, S.UNANSWERED}, S.WAITING, permission="orders.work_warehousepush", sop="O6"),
    Transition("settle", {S.REJECTED, S.UNANSWERED}, S.SETTLED, permission="orders.work_warehousepush", sop="O6"),
)


RECALL_LIFECYCLE = Lifecycle(
    Transition("retry", {R.UNANSWERED}, R.WAITING, permission="orders.work_warehousepush", sop="O18"),
    Transition("stop", (R.WAITING, R.UNANSWERED), R.STOPPED, permission="orders.work_warehousepush", sop="O18"),
    Transition("miss", (R.WAITING, R.UNANSWERED), R.TOO_LATE, permission="orders.work_warehousepush", sop="O18"),
    Transition("settle", {R.TOO_LATE}, R.SETTLED, permission="orders.cancel_order", sop="O18"),
)


@dataclass(frozen=True)
class Reply:
    """What came of one attempt. In state WAITING it is tried again."""

    state: S
    reference: str = ""
    reason: str = ""


def read_answer(status: int, body: bytes) -> Reply:
    """What the warehouse system said: 2xx takes the order over unless its body rejects it, 4xx rejects it, and anything
    else says nothing about the order.

    SOP: O6
    """
    said = _said(body)
    reason = str(said.get("reason", ""))[:_LONGEST]
    if 200 <= status < 300:
        if said.get("status") == _REFUSED:
            return Reply(S.REJECTED, reason=reason or _REFUSED)
        return Reply(S.CONFIRMED, reference=str(said.get("reference", ""))[:100])
    if 400 <= status < 500 and status not in _TRY_LATER:
        return Reply(S.REJECTED, reason=reason or f"HTTP {status}")
    return Reply(S.WAITING, reason=f"HTTP {status}")


@dataclass(frozen=True)
class RecallReply:
    """What came of asking to stop an order. In state WAITING it is asked again."""

    state: R
    reason: str = ""


def may_be_there(*, state: str | None, was_sent: bool) -> bool:
    """Whether the warehouse system has the order, or may have it without our knowing: an answer can get lost. SOP: O18"""
    return state == S.CONFIRMED or (was_sent and state in (S.WAITING, S.UNANSWERED))


def read_recall_answer(status: int, body: bytes) -> RecallReply:
    """What the warehouse system said to a cancellation: 2xx stops the order unless its body says that it is too late or
    not yet decided, an order that it does not know needs no stopping, 409 is too late. Other 4xx say nothing of the order
    and are for a person; anything else is asked again.

    SOP: O18
    """
    said = _said(body)
    word, reason = said.get("status"), str(said.get("reason", ""))[:_LONGEST]
    if status == _CONFLICT or (200 <= status < 300 and word in _TOO_LATE):
        return RecallReply(R.TOO_LATE, reason or str(word or _CONFLICT))
    if 200 <= status < 300:
        return RecallReply(R.WAITING, reason or "pending") if word in _LATER else RecallReply(R.STOPPED, reason)
    if status in _UNKNOWN:
        return RecallReply(R.STOPPED, reason or f"HTTP {status}")
    state = R.UNANSWERED if 400 <= status < 500 and status not in _TRY_LATER else R.WAITING
    return RecallReply(state, reason or f"HTTP {status}")


def next_try(*, attempts: int, most: int, first_wait: timedelta, now: datetime) -> datetime | None:
    """When to send again after so many attempts, each wait twice the one before; None when it is given up. SOP: O6"""
    return None if attempts >= most else now + first_wait * 2 ** (attempts - 1)


def _said(body: bytes) -> dict[str, object]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
