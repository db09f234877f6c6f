"""The second person's word on a price that was entered by hand, or on goods for nothing. SOP: O1"""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from orders.enums.manual import EntryState
from orders.enums.orders import HoldCode
from orders.models import ManualEntry, Order
from orders.parameters.manual import PRICE_TIME
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.rules.manual.prices import ENTRY_LIFECYCLE
from orders.services import changes, hold_rows, steps
from orders.services.manual.withdrawing import KIND, WORK

__all__ = ["KIND", "WAITS", "WORK", "approve_price", "ask", "reject_price"]

WAITS = mark("A second person has to agree to what it costs.")


def ask(entry: ManualEntry, order: Order, *, actor: Actor, now: datetime) -> None:
    """Hold an order that was just entered until a second person has agreed, and make that somebody's work."""
    due = now + value(PRICE_TIME)
    ManualEntry.objects.filter(pk=entry.pk).update(state=EntryState.AWAITING, due_at=due)
    entry.state, entry.due_at = EntryState.AWAITING, due
    hold_rows.put_on(order, [HoldCode.PRICE], reason=WAITS, actor=actor, now=now)
    details = {"hold": HoldCode.PRICE.value}
    steps.move([order], ORDER_LIFECYCLE.transitions["hold"], event="held", actor=actor, now=now, reason=WAITS, details=details)
    params = {"number": order.number, "asked": f"{entry.asked_amount:.2f}", "quoted": f"{entry.quoted_amount:.2f}"}
    raise_item(Work(WORK, KIND, entry.public_id, due, shop_id=order.shop_id, params=params), now=now)


@transaction.atomic(savepoint=False)
def approve_price(*, entry_id: int, actor: Actor, now: datetime) -> ManualEntry:
    """Agree to the price: the order goes on. Never by the person who entered it, superusers included.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O1
    """
    entry, order = _enter(entry_id, "approve", actor)
    _move(entry, order, "approve", "", actor, now)
    columns = hold_rows.lift(order, [HoldCode.PRICE], actor=actor, now=now)
    step = ORDER_LIFECYCLE.transitions["release_hold"]
    details = {"hold": HoldCode.PRICE.value}
    steps.move([order], step, event="released", actor=actor, now=now, details=details, **columns)
    return entry


@transaction.atomic(savepoint=False)
def reject_price(*, entry_id: int, reason: str, actor: Actor, now: datetime) -> ManualEntry:
    """Refuse the price, with the reason: the order is cancelled, and what was paid goes back.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: O1
    """
    entry, order = _enter(entry_id, "reject", actor)
    if not reason.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])
    _move(entry, order, "reject", reason.strip(), actor, now)
    changes.call_off(order, reason=reason.strip(), actor=actor, now=now)
    return entry


def _enter(entry_id: int, name: str, actor: Actor) -> tuple[ManualEntry, Order]:
    """Lock the order, then the entry, and get leave. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(ENTRY_LIFECYCLE.transitions[name].permission)
    order_id = ManualEntry.objects.filter(pk=entry_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound()
    order = steps.lock_orders([order_id], actor)[0]
    entry = lock_one(ManualEntry.objects.filter(pk=entry_id))
    ENTRY_LIFECYCLE.enter(name, entry.state, actor)
    if actor.staff_id is None or actor.staff_id == entry.author_id:
        raise Forbidden(mark("Who entered the order may not decide on its price."), code="four_eyes")
    return entry, order


def _move(entry: ManualEntry, order: Order, name: str, reason: str, actor: Actor, now: datetime) -> None:
    before, target = entry.state, ENTRY_LIFECYCLE.transitions[name].target
    columns = {"state": target, "approver_id": actor.staff_id, "decided_by": actor.label, "decided_at": now}
    ManualEntry.objects.filter(pk=entry.pk).update(**columns)
    for column, content in columns.items():
        setattr(entry, column, content)
    resolve(kind=WORK, subject_ids=[entry.public_id], outcome=str(target), actor=actor, now=now)
    change = Change(
        f"orders.entry_{name}",
        KIND,
        entry.public_id,
        shop=order.shop.code,
        before={"state": before},
        after={"state": target, "order": order.number},
        reason=reason,
    )
    record(change, actor=actor, now=now)
