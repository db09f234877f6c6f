"""Keeping what was said: every message of a ticket is written here."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.files.kinds import IMAGES, MP4, PDF
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from support.enums.tickets import AuthorKind, Channel, Delivery, Direction
from support.models import Message, Ticket
from support.services.tickets import moving

PURPOSE = "support.attachment"
ATTACHMENT = Terms(PURPOSE, (*IMAGES, PDF, MP4), 50 * MEGABYTE)
MOST_FILES = 10


def write_incoming(
    ticket: Ticket,
    body: str,
    author_kind: str,
    external_id: str,
    said_at: datetime,
    files: "Sequence[UploadedFile[bytes]]",
    *,
    actor: Actor,
    now: datetime,
) -> Message:
    """Keep what a customer or bot said to a locked ticket. Raises: Invalid."""
    ours = author_kind != AuthorKind.CUSTOMER
    message = _keep(
        ticket,
        body,
        files,
        actor=actor,
        now=now,
        direction=Direction.OUTGOING if ours else Direction.INCOMING,
        author_kind=author_kind,
        author_label=actor.label if ours else "",  # whose name it is, the ticket knows
        external_id=external_id,
        said_at=said_at,
        delivery=Delivery.DELIVERED if ours else Delivery.NONE,
    )
    if not ours and (ticket.last_incoming_at is None or said_at > ticket.last_incoming_at):
        moving.write(ticket, last_incoming_at=said_at)
    return message


def write_bot(ticket: Ticket, body: str, *, now: datetime) -> Message:
    """Keep what our bot says to the customer of a locked ticket; the channel's program fetches it."""
    return _keep(
        ticket,
        body,
        (),
        actor=SYSTEM,
        now=now,
        direction=Direction.OUTGOING,
        author_kind=AuthorKind.BOT,
        said_at=now,
        delivery=Delivery.QUEUED,
    )


def write_note(
    ticket: Ticket, body: str, files: "Sequence[UploadedFile[bytes]]" = (), *, actor: Actor, now: datetime
) -> Message:
    """Keep a note of a locked ticket. Raises: Invalid."""
    return _keep(ticket, body, files, actor=actor, now=now, public=False, **_by(actor), said_at=now)


def write_reply(
    ticket: Ticket, body: str, files: "Sequence[UploadedFile[bytes]]", *, external_id: str, actor: Actor, now: datetime
) -> Message:
    """Keep a person's answer of a locked ticket; what was said on the telephone is said already. Raises: Invalid."""
    delivery = Delivery.NONE if ticket.channel == Channel.PHONE else Delivery.QUEUED
    by = _by(actor)
    return _keep(ticket, body, files, actor=actor, now=now, said_at=now, delivery=delivery, external_id=external_id, **by)


def _by(actor: Actor) -> dict[str, object]:
    return {
        "direction": Direction.OUTGOING,
        "author_kind": AuthorKind.AGENT,
        "author_id": actor.staff_id,
        "author_label": actor.label,
    }


def _keep(
    ticket: Ticket, body: str, files: "Sequence[UploadedFile[bytes]]", *, actor: Actor, now: datetime, **columns: object
) -> Message:
    body = body.strip()
    if not body and not files:
        issue = Issue("/body", "required", mark("Say something, or attach a file."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    if len(files) > MOST_FILES:
        issue = Issue("/files", "too_many", mark("At most %(limit)s files at once."), {"limit": MOST_FILES})
        raise Invalid(issue.message, code=issue.code, issues=[issue], limit=MOST_FILES)
    message = Message.objects.create(ticket=ticket, body=body, **columns)
    if files:
        message.files.set([keep_file(upload=file, terms=ATTACHMENT, actor=actor, now=now) for file in files])
    return message
