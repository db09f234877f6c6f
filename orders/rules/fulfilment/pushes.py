"""Handing orders over to the warehouse system: when to try again, what an answer means, how a message is signed. Pure."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.fulfilment import PushState as S

_TRY_LATER = {408, 425, 429}
_LONGEST = 200  # characters of a reason
_REFUSED = "rejected"

PUSH_LIFECYCLE = Lifecycle(
    Transition("retry", {S.REJECTED, S.UNANSWERED}, S.WAITING, permission="orders.work_warehousepush", sop="O6"),
    Transition("settle", {S.REJECTED, S.UNANSWERED}, S.SETTLED, permission="orders.work_warehousepush", sop="O6"),
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


def next_try(*, attempts: int, most: int, first_wait: timedelta, now: datetime) -> datetime | None:
    """When to send again after so many attempts, each wait twice the one before; None when it is given up. SOP: O6"""
    return None if attempts >= most else now + first_wait * 2 ** (attempts - 1)


def _said(body: bytes) -> dict[str, object]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
