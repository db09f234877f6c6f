"""What comes in from a channel: a customer's message, a bot's, or an agent's answer that was given elsewhere."""

from datetime import datetime, timedelta

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from support.enums.tickets import AuthorKind, Delivery, Direction, TicketState
from support.errors import MessageConflict, TicketClosed
from support.models import Message, Ticket
from support.parameters.tickets import REOPEN_TIME
from support.queries.tickets.tickets import said_before
from support.rules.tickets.lifecycle import SOLVED
from support.services.sla import clocks
from support.services.tickets import moving
from support.services.tickets.attachments import Files, attach

IMPORT = "support.import_message"
AHEAD, BACK = timedelta(minutes=5), timedelta(days=90)


@transaction.atomic(savepoint=False)
def receive(
    *,
    ticket_id: int,
    body: str,
    author_kind: str,
    external_id: str = "",
    said_at: datetime | None = None,
    files: Files = (),
    actor: Actor,
    now: datetime,
) -> Message:
    """Take in a message that was said in a channel; the same `external_id` is taken once.

    A customer's message brings a ticket back that waited for the customer or was resolved not long ago; what is said to a
    merged ticket is said to the one it was merged into. Only an agent's words stop the clocks of answers.

    Raises: NotFound, Forbidden, TicketClosed, Invalid (nothing said, a time that cannot be), MessageConflict, and those of
    `attach`.
    SOP: S1, S2, S10
    """
    if not (actor.can(IMPORT) or actor.can("support.work_ticket")):
        raise Forbidden(extra={"permission": IMPORT})
    ticket = _standing(moving.locked(ticket_id, actor), actor)
    if known := said_before(ticket, external_id):
        if (known.body, known.author_kind) != (body.strip(), author_kind):
            raise MessageConflict()
        return known
    said_at = said_at or now
    judge(body, files, said_at, now)
    if ticket.state == TicketState.ARCHIVED:
        raise TicketClosed()
    customer = author_kind == AuthorKind.CUSTOMER
    if ticket.state in SOLVED and customer:
        _reopen(ticket, actor, now)
    return say(ticket, body, author_kind, external_id, said_at, files, actor=actor, now=now)


def say(
    ticket: Ticket,
    body: str,
    author_kind: str,
    external_id: str,
    said_at: datetime,
    files: Files,
    *,
    actor: Actor,
    now: datetime,
) -> Message:
    """Write down a channel's message on a locked ticket, and tell the clocks. Agents' words came from elsewhere: they have
    reached the customer.
    """
    customer = author_kind == AuthorKind.CUSTOMER
    message = Message.objects.create(
        ticket=ticket,
        direction=Direction.INCOMING if customer else Direction.OUTGOING,
        author_kind=author_kind,
        author_label="" if customer else actor.label,
        body=body.strip(),
        said_at=said_at,
        delivery=Delivery.NONE if customer else Delivery.DELIVERED,
        external_id=external_id,
    )
    attach(message, files, actor=actor, now=now)
    if customer:
        moving.write(ticket, last_incoming_at=max(said_at, ticket.last_incoming_at or said_at))
        if ticket.state == TicketState.WAITING_CUSTOMER:
            moving.move(ticket, "go_on", actor=actor, now=now)
        clocks.customer_wrote(ticket, said_at, actor, now)
    elif author_kind == AuthorKind.BOT:
        clocks.bot_answered(ticket, said_at, actor, now)
    else:
        moving.write(ticket, last_outgoing_at=max(said_at, ticket.last_outgoing_at or said_at))
        clocks.person_answered(ticket, said_at, actor, now)
        moving.tell("replied", ticket, now, message=message.public_id, author_kind=author_kind)
    return message


def _standing(ticket: Ticket, actor: Actor) -> Ticket:
    """The ticket that stands for this one. A merged ticket cannot be merged again, so that its lock comes first."""
    while ticket.merged_into_id:
        ticket = moving.locked(ticket.merged_into_id, actor)
    return ticket


def judge(body: str, files: Files, said_at: datetime, now: datetime) -> None:
    """Raises: Invalid, when nothing was said, or at a time that cannot be."""
    issues = []
    if not body.strip() and not files:
        issues.append(Issue("/body", "required", mark("A message has a text or a file.")))
    if not now - BACK <= said_at <= now + AHEAD:
        issues.append(Issue("/said_at", "date_out_of_range", mark("The time lies ahead, or more than 90 days back.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)


def _reopen(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """Raises: TicketClosed, when it was resolved too long ago."""
    assert ticket.resolved_at
    if now - ticket.resolved_at > value(REOPEN_TIME):
        raise TicketClosed()
    moving.move(ticket, "reopen", actor=actor, now=now, confirmed_at=None)
    moving.finish(moving.CONFIRM, ticket, "reopened", actor, now)
    clocks.reopened(ticket, actor, now)
    moving.tell("reopened", ticket, now)
