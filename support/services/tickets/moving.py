"""Locking a ticket, taking a step of it, and telling of it: the one place that changes its state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import News, emit
from support.enums.tickets import TicketState as S
from support.errors import TicketClosed
from support.models import Message, Ticket
from support.parameters.tickets import TAKE_TIME
from support.queries.tickets.tickets import visible_to
from support.rules.tickets.lifecycle import CLOSED, TICKET_LIFECYCLE

KIND = "ticket"
TAKE, CONFIRM, FAILED = "support.ticket_to_take", "support.ticket_to_confirm", "support.reply_failed"
BACK = "support.task_back"  # a department has answered


def locked(ticket_id: int, actor: Actor) -> Ticket:
    """The ticket, locked, with its shop, customer and order. Raises: NotFound."""
    rows = visible_to(actor).filter(pk=ticket_id)
    return lock_one(rows.select_related("shop", "customer", "order"))


def enter(ticket_id: int, name: str, actor: Actor) -> Ticket:
    """Lock the ticket and get leave for a step. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition."""
    actor.require(TICKET_LIFECYCLE.transitions[name].permission)
    ticket = locked(ticket_id, actor)
    if ticket.state in CLOSED:
        raise TicketClosed()
    TICKET_LIFECYCLE.enter(name, ticket.state, actor)
    return ticket


def move(
    ticket: Ticket,
    name: str,
    *,
    target: str = "",
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Put a locked ticket into the step's target: its work, the trail, the event. `columns` are written along."""
    before = ticket.state
    columns["state"] = target or str(TICKET_LIFECYCLE.transitions[name].target or before)
    write(ticket, **columns)
    if before == S.NEW != ticket.state:
        finish(TAKE, ticket, name, actor, now)
    told = {"state": ticket.state, **(details or {})}
    note(name, ticket, actor, now, before={"state": before}, after=told, reason=reason)


def write(ticket: Ticket, **columns: Any) -> None:
    """Write columns of a locked ticket, and show them on the object."""
    Ticket.objects.filter(pk=ticket.pk).update(**columns)
    for column, content in columns.items():
        setattr(ticket, column, content)


def note(
    name: str,
    ticket: Ticket,
    actor: Actor,
    now: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write the trail of a ticket."""
    change = Change(
        f"support.ticket_{name}",
        KIND,
        ticket.public_id,
        shop=ticket.shop.code,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(change, actor=actor, now=now)


def tell(type_: str, ticket: Ticket, now: datetime, **more: Any) -> None:
    """Tell the outside world, without personal data."""
    data = {
        "id": ticket.public_id,
        "number": ticket.number,
        "shop": ticket.shop.code,
        "channel": ticket.channel,
        "stage": ticket.stage,
        "type": ticket.type,
        "status": ticket.state,
        "customer": ticket.customer.public_id if ticket.customer else None,
        "order": ticket.order.public_id if ticket.order else None,
        "is_test": ticket.is_test,
        **more,
    }
    emit(News(f"ticket.{type_}", KIND, ticket.public_id, ticket.shop_id, data), now=now)


def finish(kind: str, ticket: Ticket, outcome: str, actor: Actor, now: datetime, *, key: str = "") -> None:
    """Close the work of a kind that a ticket made; with a key that one item alone."""
    resolve(kind=kind, subject_ids=[ticket.public_id], outcome=outcome, actor=actor, now=now, dedupe_key=key)


def ask_to_take(ticket: Ticket, now: datetime) -> None:
    """A ticket that nobody has is somebody's to take. SOP: S5"""
    params = {"number": ticket.number}
    raise_item(Work(TAKE, KIND, ticket.public_id, now + value(TAKE_TIME), ticket.shop_id, params=params), now=now)


def require(text: str, pointer: str, message: str) -> None:
    """Raises: Invalid, when nothing was written."""
    if not text.strip():
        raise Invalid(message, code="required", issues=[Issue(pointer, "required", message)])


def ask_to_send_again(ticket: Ticket, message: Message, now: datetime) -> None:
    """An answer that did not arrive is somebody's to send again, the agent's of the ticket first. SOP: S1"""
    key = f"{FAILED}:{message.public_id}"
    work = Work(FAILED, KIND, ticket.public_id, now + value(TAKE_TIME), ticket.shop_id, params={"number": ticket.number})
    raise_item(replace(work, dedupe_key=key, owner_id=ticket.assignee_id), now=now)
