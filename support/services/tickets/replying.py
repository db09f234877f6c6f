"""What an agent says: to the customer, or to colleagues."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from support.enums.tickets import AuthorKind, Channel, Delivery, Direction, TicketState
from support.models import Message, Ticket
from support.queries.tickets.tickets import visible_to
from support.services.knowledge import wording
from support.services.sla import clocks
from support.services.tickets import moving
from support.services.tickets.attachments import Files, attach

_OUT = {Channel.EMAIL: Delivery.QUEUED, Channel.PHONE: Delivery.NONE}  # the others fetch what they are told of


@transaction.atomic(savepoint=False)
def reply(*, ticket_id: int, body: str, files: Files = (), actor: Actor, now: datetime) -> Message:
    """Answer the customer by the channel of the ticket; who answers first has the ticket.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (empty, or words that are not for customers), and
    those of `attach`.
    SOP: S1, S2
    """
    ticket = moving.enter(ticket_id, "reply", actor)
    moving.require(body, "/body", mark("Write the answer."))
    wording.check(body, actor=actor, now=now)
    message = _write(ticket, body, public=True, delivery=_OUT.get(Channel(ticket.channel), Delivery.SENT), actor=actor, now=now)
    attach(message, files, actor=actor, now=now)
    if ticket.state in (TicketState.NEW, TicketState.ASSIGNED):
        assignee = ticket.assignee_id or actor.staff_id
        moving.move(ticket, "take", actor=actor, now=now, assignee_id=assignee)
    moving.write(ticket, last_outgoing_at=now)
    moving.finish(moving.BACK, ticket, "replied", actor, now)
    clocks.person_answered(ticket, now, actor, now)
    moving.note("replied", ticket, actor, now, after={"message": message.public_id})
    moving.tell("replied", ticket, now, message=message.public_id, author_kind=AuthorKind.AGENT.value)
    return message


@transaction.atomic(savepoint=False)
def add_note(*, ticket_id: int, body: str, files: Files = (), actor: Actor, now: datetime) -> Message:
    """Write something down that the customer does not see; no clock stops.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (empty), and those of `attach`.
    SOP: S2
    """
    ticket = moving.enter(ticket_id, "note", actor)
    moving.require(body, "/body", mark("Write the note."))
    message = _write(ticket, body, public=False, delivery=Delivery.NONE, actor=actor, now=now)
    attach(message, files, actor=actor, now=now)
    moving.note("noted", ticket, actor, now, after={"message": message.public_id})
    return message


@transaction.atomic(savepoint=False)
def report_delivery(*, message_id: str, delivered: bool, reason: str = "", actor: Actor, now: datetime) -> Message:
    """A channel says whether an answer has reached the customer. One that has not is shown until it is sent again.

    Raises: NotFound, Forbidden, Invalid (not an answer that went out, or no reason).
    SOP: S1
    """
    actor.require("support.import_message")
    found = Message.objects.filter(public_id=message_id, public=True, ticket__in=visible_to(actor))
    ticket_id = found.values_list("ticket_id", flat=True).first() or 0
    ticket = moving.locked(ticket_id, actor)
    message = lock_one(found)
    if message.direction != Direction.OUTGOING:
        issue = Issue("", "not_outgoing", mark("Only what was said to the customer is delivered."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    if not delivered:
        moving.require(reason, "/reason", mark("Say why it could not be delivered."))
    settle(ticket, message, Delivery.DELIVERED if delivered else Delivery.FAILED, reason, actor=actor, now=now)
    return message


def settle(ticket: Ticket, message: Message, delivery: Delivery, reason: str, *, actor: Actor, now: datetime) -> None:
    """Write what became of an answer on a locked ticket; a failure is somebody's work."""
    message.delivery, message.failure = delivery, reason.strip()[:500] if delivery == Delivery.FAILED else ""
    message.save(update_fields=["delivery", "failure"])
    if delivery == Delivery.FAILED:
        moving.ask_to_send_again(ticket, message, now)
        moving.note("undelivered", ticket, actor, now, after={"message": message.public_id}, reason=message.failure)
    else:
        moving.finish(moving.FAILED, ticket, delivery, actor, now, key=f"{moving.FAILED}:{message.public_id}")


@transaction.atomic(savepoint=False)
def send_again(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """Send the answers of a ticket that did not arrive once more.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (there is none).
    SOP: S1
    """
    ticket = moving.enter(ticket_id, "send_again", actor)
    delivery = _OUT.get(Channel(ticket.channel), Delivery.SENT)
    rows = list(Message.objects.filter(ticket=ticket.pk, delivery=Delivery.FAILED).order_by("pk"))
    if not rows:
        raise Invalid(mark("Every answer has arrived."), code="nothing_failed")
    for message in rows:
        settle(ticket, message, delivery, "", actor=actor, now=now)
        moving.tell("replied", ticket, now, message=message.public_id, author_kind=message.author_kind)
    moving.note("sent_again", ticket, actor, now, after={"messages": len(rows)})
    return ticket


def _write(ticket: Ticket, body: str, *, public: bool, delivery: Delivery, actor: Actor, now: datetime) -> Message:
    if actor.staff_id is None:
        raise Forbidden()
    return Message.objects.create(
        ticket=ticket,
        direction=Direction.OUTGOING,
        author_kind=AuthorKind.AGENT,
        author_id=actor.staff_id,
        author_label=actor.label,
        public=public,
        body=body.strip(),
        said_at=now,
        delivery=delivery,
    )
