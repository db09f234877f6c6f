"""Taking a step of a ticket: the one place that changes its state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.webhooks.services import News, emit
from support.errors import TicketClosed
from support.models import Message, Ticket
from support.queries.tickets.finding import visible_to
from support.rules.tickets.lifecycle import CLOSED, TICKET_LIFECYCLE

KIND = "ticket"
TAKE, ANSWER_BACK, CONFIRM = "support.take_ticket", "support.answer_back", "support.confirm_solution"
UNDELIVERED, SOLUTION_NEWS = "support.reply_failed", "support.solution_news"


def lock_ticket(ticket_id: int, actor: Actor) -> Ticket:
    """The ticket, locked. Raises: NotFound, also for other shops' tickets."""
    return lock_one(visible_to(actor).filter(pk=ticket_id).select_related("shop", "assignee", "team"))


def enter(ticket_id: int, name: str, actor: Actor) -> Ticket:
    """Lock the ticket and get leave for a step. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition."""
    actor.require(TICKET_LIFECYCLE.transitions[name].permission)
    ticket = lock_ticket(ticket_id, actor)
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
    """Put a locked ticket into the step's target and keep who did it. `columns` are written along."""
    before = ticket.state
    step = TICKET_LIFECYCLE.transitions.get(name)
    columns["state"] = target or (step.target if step and step.target else before)
    write(ticket, **columns)
    after = {"state": ticket.state, "number": ticket.number, **(details or {})}
    change = Change(f"support.ticket_{name}", KIND, ticket.public_id, ticket.shop.code, {"state": before}, after, reason)
    record(change, actor=actor, now=now)


def write(ticket: Ticket, **columns: Any) -> None:
    """Write columns of a locked ticket."""
    for column, content in columns.items():
        setattr(ticket, column, content)
    Ticket.objects.filter(pk=ticket.pk).update(**columns)


def tell(type_: str, ticket: Ticket, now: datetime, **more: Any) -> None:
    """Tell the outside world what happened to a ticket."""
    emit(News(f"ticket.{type_}", KIND, ticket.public_id, ticket.shop_id, news_data(ticket) | more), now=now)


def news_data(ticket: Ticket) -> dict[str, Any]:
    """What events say of a ticket: no personal data."""
    return {
        "id": ticket.public_id,
        "number": ticket.number,
        "shop": ticket.shop.code,
        "channel": ticket.channel,
        "stage": ticket.stage,
        "type": ticket.type,
        "priority": ticket.priority,
        "state": ticket.state,
        "is_test": ticket.is_test,
    }


def message_news(message: Message) -> dict[str, Any]:
    """What the event of a reply says of it: a channel without its own reading of messages sends that."""
    told = {"id": message.public_id, "author_kind": message.author_kind}
    return {**told, "body": message.body, "delivery": message.delivery}


def raise_work(kind: str, ticket: Ticket, due_at: datetime, *, now: datetime) -> None:
    """Raise work on a ticket, of its agent if it has one."""
    params = {"number": ticket.number}
    work = Work(kind, KIND, ticket.public_id, due_at, ticket.shop_id, params=params, owner_id=ticket.assignee_id)
    raise_item(work, now=now)


def finish_work(ticket: Ticket, outcome: str, *kinds: str, actor: Actor, now: datetime) -> None:
    """End the open work of these kinds on a ticket."""
    for kind in kinds:
        resolve(kind=kind, subject_ids=[ticket.public_id], outcome=outcome, actor=actor, now=now)
