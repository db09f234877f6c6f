"""Taking a step of a return: the one place that changes its state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.webhooks.services import News, emit
from orders.enums.returns import ReturnState as S
from orders.enums.returns import ReturnType
from orders.models import ReturnRequest
from orders.rules.returns.clocks import Clocks, tick
from orders.rules.returns.lifecycle import RETURN_LIFECYCLE
from orders.services import steps

KIND = "return"
DECIDE, INSPECT, SETTLE, JUDGE, SEND_BACK = (
    "orders.return_to_decide",
    "orders.return_to_inspect",
    "orders.return_to_settle",
    "orders.return_dispute",
    "orders.return_to_send_back",
)
_EVENTS = {
    "approve": "approved",
    "reject": "rejected",
    "receive": "received",
    "inspect": "inspected",
}
_WORK = {S.REQUESTED: DECIDE, S.RECEIVED: INSPECT, S.INSPECTED: SETTLE, S.DISPUTED: JUDGE}


def enter(return_id: int, name: str, actor: Actor) -> ReturnRequest:
    """Lock the order, then the return, and get leave. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(RETURN_LIFECYCLE.transitions[name].permission)
    order_id = ReturnRequest.objects.filter(pk=return_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound()
    order = steps.lock_orders([order_id], actor)[0]
    row = lock_one(ReturnRequest.objects.filter(pk=return_id))
    row.order = order
    RETURN_LIFECYCLE.enter(name, row.state, actor)
    return row


def move(
    row: ReturnRequest,
    name: str,
    *,
    target: str = "",
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Put a locked return into the step's target: clocks, work, audit and event. `columns` are written along."""
    before = row.state
    after = target or str(RETURN_LIFECYCLE.transitions[name].target)
    clocks = Clocks(row.solution_due, row.finish_due, row.paused_at, row.solved_at, row.finished_at)
    columns |= vars(tick(clocks, target=after, now=now)) | {"state": after}
    ReturnRequest.objects.filter(pk=row.pk).update(**columns)
    for column, content in columns.items():
        setattr(row, column, content)
    tell_work(row, before, name, actor, now)
    told = dict(details or {})
    change = Change(
        f"orders.return_{name}",
        KIND,
        row.public_id,
        shop=row.order.shop.code,
        before={"state": before},
        after={"state": after, "order": row.order.number, **told},
        reason=reason,
    )
    record(change, actor=actor, now=now)
    if type_ := _EVENTS.get(name) or ("completed" if after == S.COMPLETED else ""):
        emit(news(type_, row, **told), now=now)


def tell_work(row: ReturnRequest, before: str, outcome: str, actor: Actor, now: datetime) -> None:
    """End the work of the state that was left and raise that of the present one; an exchange is settled by its order."""
    if (old := SETTLE if before == S.SETTLING else _WORK.get(S(before))) and before != row.state:
        resolve(kind=old, subject_ids=[row.public_id], outcome=outcome, actor=actor, now=now)
    exchange = row.state == S.SETTLING and outcome == "settle" and row.type == ReturnType.EXCHANGE
    if (kind := SETTLE if exchange else _WORK.get(S(row.state))) and before != row.state:
        raise_work(row, kind, now)


def raise_work(row: ReturnRequest, kind: str, now: datetime, *, role: str = "") -> None:
    """Put the return on somebody's list, by the clock that counts now."""
    due = row.solution_due if kind == DECIDE else row.finish_due
    work = Work(kind, KIND, row.public_id, due, row.order.shop_id, role, {"number": row.order.number})
    raise_item(work, now=now)


def require(text: str, pointer: str, message: str) -> None:
    """Raises: Invalid, when nothing was written."""
    if not text.strip():
        raise Invalid(message, code="required", issues=[Issue(pointer, "required", message)])


def news(type_: str, row: ReturnRequest, **more: Any) -> News:
    """An event of the return, without personal data."""
    data = {
        "id": row.public_id,
        "shop": row.order.shop.code,
        "order": row.order.public_id,
        "type": row.type,
        "status": row.state,
        "amount": f"{row.amount:.2f}",
        **more,
    }
    return News(f"return.{type_}", KIND, row.public_id, row.order.shop_id, data)
