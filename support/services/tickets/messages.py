"""What customers and bots say in a ticket, and the agents' notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.errors import Forbidden, Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from support.enums.tickets import HANDED_OUT, AuthorKind, Delivery, Direction, TicketState
from support.errors import TicketClosed
from support.models import Message, Ticket
from support.parameters.tickets import REOPEN_TIME, TAKE_TIME
from support.rules.tickets.lifecycle import CLOSED, SOLVED
from support.services.bot import talking
from support.services.sla import clocks
from support.services.surveys.answering import answer_in_words
from support.services.tickets import moving
from support.services.tickets.giving import give
from support.services.tickets.writing import write_incoming, write_note

IMPORT = "support.import_message"
AHEAD, BACK = timedelta(minutes=5), timedelta(days=90)


@transaction.atomic(savepoint=False)
def receive(
    ticket_id: int,
    body: str,
    author_kind: str,
    external_id: str,
    said_at: datetime,
    files: "Sequence[UploadedFile[bytes]]",
    *,
    actor: Actor,
    now: datetime,
) -> Message:
    """Take in what a customer or a bot said, or what an agent answered in the channel's own program, which has reached the
    customer; the same channel's id is taken once. A customer who writes to a merged ticket
    writes to the one that it was merged into; one who writes soon after the solution reopens it.

    Raises: NotFound, Forbidden, TicketClosed, Invalid (nothing said, a time that cannot be), and as `keep_file`.
    SOP: S1, S10, S18
    """
    if not (actor.can(IMPORT) or actor.can("support.work_ticket")):
        raise Forbidden()
    if author_kind == AuthorKind.AGENT and not (actor.kind is ActorKind.CLIENT and actor.can(IMPORT)):
        raise Forbidden()  # who sits here answers as themselves
    _judge_time(said_at, now)
    ticket = moving.lock_ticket(ticket_id, actor)
    if ticket.state == TicketState.MERGED and ticket.merged_into_id:
        ticket = moving.lock_ticket(ticket.merged_into_id, actor)
    if external_id and (known := Message.objects.filter(ticket=ticket, external_id=external_id).first()):
        return known
    if ticket.state in CLOSED or (author_kind == AuthorKind.CUSTOMER and too_late(ticket, now)):
        raise TicketClosed()
    message = write_incoming(ticket, body, author_kind, external_id, said_at, files, actor=actor, now=now)
    if author_kind == AuthorKind.AGENT:
        _answered_elsewhere(ticket, message, actor, now)
        return message
    if author_kind == AuthorKind.BOT:
        clocks.bot_answered(ticket, said_at, actor, now)
        return message
    if talking.go_on(ticket, body, now=now):
        return message
    if ticket.state in SOLVED and answer_in_words(ticket, body, now=now):
        return message
    if ticket.state in SOLVED:
        target = TicketState.IN_PROGRESS if ticket.assignee_id else TicketState.NEW
        moving.move(ticket, "reopen", target=target, actor=actor, now=now, confirmed_at=None)
        moving.finish_work(ticket, "reopened", moving.CONFIRM, actor=actor, now=now)
        if ticket.assignee_id is None:
            give(ticket, now)
        clocks.reopened(ticket, actor, now)
        moving.tell("reopened", ticket, now)
        return message
    if ticket.state == TicketState.WAITING_CUSTOMER:
        moving.move(ticket, "go_on", actor=actor, now=now)
    clocks.customer_wrote(ticket, said_at, actor, now)
    return message


def too_late(ticket: Ticket, now: datetime) -> bool:
    """True when what a customer writes belongs into a new ticket. SOP: S10"""
    return ticket.state in SOLVED and ticket.resolved_at is not None and now > ticket.resolved_at + value(REOPEN_TIME)


@transaction.atomic(savepoint=False)
def add_note(ticket_id: int, body: str, files: "Sequence[UploadedFile[bytes]]" = (), *, actor: Actor, now: datetime) -> Message:
    """Write something down that the customer does not see.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (empty), and as `keep_file`.
    SOP: S2
    """
    ticket = moving.enter(ticket_id, "note", actor)
    return write_note(ticket, body, files, actor=actor, now=now)


@transaction.atomic(savepoint=False)
def hand_out(ticket_id: int, message_ids: Sequence[str], *, actor: Actor) -> set[str]:
    """The channel's program has read replies that waited for it: they are sent. Returns which ones. SOP: S1"""
    if actor.kind is not ActorKind.CLIENT or not actor.can("support.import_message"):
        return set()
    rows = Message.objects.filter(ticket=ticket_id, public_id__in=message_ids, ticket__channel__in=HANDED_OUT)
    waiting = lock_many(rows.filter(delivery=Delivery.QUEUED))
    Message.objects.filter(pk__in=[row.pk for row in waiting]).update(delivery=Delivery.SENT)
    return {row.public_id for row in waiting}


def _answered_elsewhere(ticket: Ticket, message: Message, actor: Actor, now: datetime) -> None:
    """An agent has answered in the channel's own program."""
    talking.person_came(ticket, actor, now)
    target = TicketState.IN_PROGRESS if ticket.state in (TicketState.NEW, TicketState.ASSIGNED) else ""
    moving.move(ticket, "reply", target=target, actor=actor, now=now, last_outgoing_at=message.said_at)
    moving.finish_work(ticket, "answered", moving.TAKE, moving.ANSWER_BACK, moving.UNDELIVERED, actor=actor, now=now)
    clocks.person_answered(ticket, message.said_at, actor, now)
    moving.tell("replied", ticket, now, message=moving.message_news(message))


def _judge_time(said_at: datetime, now: datetime) -> None:
    """Clocks of channels may be a little ahead. Raises: Invalid."""
    if not now - BACK <= said_at <= now + AHEAD:
        issue = Issue("/said_at", "date_out_of_range", mark("It lies more than 5 minutes ahead, or more than 90 days back."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])


@transaction.atomic(savepoint=False)
def report_delivery(*, message_id: str, delivered: bool, reason: str, actor: Actor, now: datetime) -> Message:
    """A channel says whether a reply has reached the customer; one that has not is its agent's work.

    Raises: NotFound, Forbidden, Invalid (no reason).
    SOP: S1
    """
    actor.require(IMPORT)
    found = Message.objects.filter(public_id=message_id, public=True, direction=Direction.OUTGOING)
    ticket = moving.lock_ticket(found.values_list("ticket_id", flat=True).first() or 0, actor)
    message = lock_one(found)
    if not delivered and not reason.strip():
        issue = Issue("/reason", "required", mark("Say why it did not arrive."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    message.delivery = Delivery.DELIVERED if delivered else Delivery.FAILED
    message.failure = "" if delivered else reason.strip()[:500]
    message.save(update_fields=["delivery", "failure"])
    if not delivered:
        moving.raise_work(moving.UNDELIVERED, ticket, now + value(TAKE_TIME), now=now)
    elif not Message.objects.filter(ticket=ticket, delivery=Delivery.FAILED).exists():
        moving.finish_work(ticket, "delivered", moving.UNDELIVERED, actor=actor, now=now)
    return message
