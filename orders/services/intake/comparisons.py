"""Writing down that an order was compared, or holding it for what was found. SOP: O4"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.intake import ComparisonResult
from orders.enums.orders import HoldCode
from orders.models import Order, OrderComparison
from orders.queries.intake.compare import compared
from orders.rules.intake.comparing import comparison_refusal
from orders.services import holds, steps


@dataclass(frozen=True)
class Comparison:
    """What the clerk compared and decided. `version` is the order's as it stood on the screen."""

    version: int
    result: str
    fields: Sequence[str] = ()
    note: str = ""
    hold_code: str = ""


@transaction.atomic(savepoint=False)
def compare_order(*, order_id: int, comparison: Comparison, actor: Actor, now: datetime) -> Order:
    """Record which fields of a pending order were compared and by whom: checked, or held for what was found.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (the order has changed since), Invalid, AlreadyOnHold.
    SOP: O4
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "compare", actor)
    if order.version != comparison.version:
        raise Conflict(mark("The order has changed since the page was opened; look at it again."), code="changed_meanwhile")
    differing = compared(order).differing
    refusal = comparison_refusal(result=comparison.result, fields=comparison.fields, differing=differing, note=comparison.note)
    if refusal:
        raise refusal
    if comparison.result == ComparisonResult.HELD:
        _hold(order_id, comparison, actor, now)
    OrderComparison.objects.create(
        order=order,
        at=now,
        by=actor.label,
        result=comparison.result,
        fields=list(comparison.fields),
        differing=[name for name in differing if name in comparison.fields],
        note=comparison.note,
    )
    details = {"result": comparison.result, "fields": list(comparison.fields), "differing": differing}
    steps.move([order], step, event="", actor=actor, now=now, reason=comparison.note, details=details)
    return order


def _hold(order_id: int, comparison: Comparison, actor: Actor, now: datetime) -> None:
    if comparison.hold_code not in HoldCode.values or not comparison.note.strip():
        message = mark("Choose why the order is held, and write it down.")
        raise Invalid(message, code="required", issues=[Issue("/note", "required", message)])
    code = HoldCode(comparison.hold_code)
    holds.hold_order(order_id=order_id, code=code, reason=comparison.note, actor=actor, now=now)
