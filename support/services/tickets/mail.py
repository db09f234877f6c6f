"""E-mail: kept raw first, then taken in; replies are claimed, sent by the task, and what came of it is kept."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Invalid
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.files.kinds import kind_of
from opsdesk.shops.queries import visible_to
from orders.queries.links import customer_by_mail
from support.enums.desk import MailState
from support.enums.tickets import Channel, Delivery
from support.errors import TicketClosed
from support.models import MailOut, Message, RawMail, Ticket
from support.queries.tickets.finding import by_channel_message
from support.rules.tickets.draft import TicketDraft
from support.rules.tickets.mail import Mail, id_of, read_mail
from support.services.tickets import moving
from support.services.tickets.intake import open_ticket
from support.services.tickets.messages import receive
from support.services.tickets.writing import ATTACHMENT, MOST_FILES, write_note

LARGEST = 25_000_000  # bytes of one mail
MAX_ATTEMPTS, FIRST_RETRY, BATCH = 8, timedelta(minutes=1), 50
_log = logging.getLogger(__name__)
TOO_LARGE, UNREADABLE = "larger than 25 MB", "cannot be read"


@dataclass(frozen=True)
class Outgoing:
    """A reply as it leaves: to whom, about what, and which mails it answers."""

    message_id: int
    to: str
    subject: str
    body: str
    external_id: str
    references: Sequence[str]
    files: Sequence[tuple[str, str, str]]


@transaction.atomic
def keep_mail(*, raw: bytes, shop: str, too_large: bool = False, actor: Actor, now: datetime) -> tuple[RawMail, bool]:
    """Keep a mail as it came, before anything is read of it; the same one is kept once. Says whether it is new.

    Raises: Invalid (unknown shop).
    SOP: S1
    """
    actor.require("support.import_message")
    row = visible_to(actor).filter(code=shop).first()
    if row is None:
        raise Invalid(mark("There is no such shop."), code="unknown_shop")
    state, reason = (MailState.FAILED, TOO_LARGE) if too_large else (MailState.WAITING, "")
    content = {"raw": raw, "came_at": now, "state": state, "reason": reason}
    return RawMail.objects.get_or_create(shop=row, message_id=id_of(raw)[:250], defaults=content)


def take_waiting(*, actor: Actor, now: datetime) -> int:
    """Take in every mail that was kept and not read yet, each for itself; returns how many."""
    waiting = list(RawMail.objects.filter(state=MailState.WAITING).order_by("pk").values_list("pk", flat=True)[: BATCH * 4])
    for pk in waiting:
        take_mail(mail_id=pk, actor=actor, now=now)
    return len(waiting)


def take_mail(*, mail_id: int, actor: Actor, now: datetime) -> RawMail:
    """Make a ticket or a message of a mail; a machine's mail is ignored, and what cannot be read is said to be so. SOP: S1"""
    try:
        with transaction.atomic():
            row = lock_one(RawMail.objects.filter(pk=mail_id).select_related("shop"))
            if row.state != MailState.WAITING:
                return row
            mail = read_mail(bytes(row.raw), own=settings.DEFAULT_FROM_EMAIL)
            if mail.automatic:
                _note_return(mail, row.shop_id, now)
                return _end(row, MailState.IGNORED, mail.automatic)
            row.taken_as = _taken(mail, row, actor, now)
            return _end(row, MailState.TAKEN, "")
    except DomainError as refusal:
        return _end(RawMail.objects.get(pk=mail_id), MailState.FAILED, str(refusal))
    except Exception:  # whatever a stranger's bytes do to the parser or the database, the mails behind it are taken in
        _log.exception("mail %s was not taken in", mail_id)
        return _end(RawMail.objects.get(pk=mail_id), MailState.FAILED, UNREADABLE)


def claim_replies(*, now: datetime) -> list[Outgoing]:
    """Take the replies that leave by e-mail now; a claim that comes to nothing runs out and is tried again. SOP: S1"""
    with transaction.atomic():
        due = Message.objects.filter(delivery=Delivery.QUEUED, ticket__channel=Channel.EMAIL, author_kind="agent")
        rows = lock_many(due.exclude(mail__send_after__gt=now).select_related("ticket"), limit=BATCH)
        outs = {out.message_id: out for out in MailOut.objects.filter(message__in=rows)}
        found = []
        for row in rows:
            out = outs.get(row.pk) or MailOut(message=row)
            out.attempts += 1
            out.send_after = now + FIRST_RETRY * 2 ** (out.attempts - 1)
            out.save()
            found.append(_outgoing(row))
    return found


@transaction.atomic
def record_reply(*, message_id: int, error: str, now: datetime, final: bool = False) -> None:
    """Keep what came of sending a reply: sent, tried again, or given up, which its agent is told."""
    message = Message.objects.select_related("ticket").get(pk=message_id)
    ticket = lock_one(Ticket.objects.filter(pk=message.ticket_id))
    attempts = MailOut.objects.filter(message=message).values_list("attempts", flat=True).first() or 0
    failed = bool(error) and (final or attempts >= MAX_ATTEMPTS)
    state = Delivery.FAILED if failed else Delivery.QUEUED if error else Delivery.SENT
    Message.objects.filter(pk=message_id, delivery=Delivery.QUEUED).update(delivery=state, failure=error[:500])
    if failed:
        moving.raise_work(moving.UNDELIVERED, ticket, now + FIRST_RETRY * 60, now=now)


def _taken(mail: Mail, row: RawMail, actor: Actor, now: datetime) -> Message:
    files, left = _files(mail)
    text = mail.text or ("" if files else mail.subject or "–")
    message = _answered(mail, row, text, files, actor, now) or _opened(mail, row, text, files, actor, now)
    if mail.quoted:
        Message.objects.filter(pk=message.pk).update(quoted=mail.quoted)
    if left:
        write_note(message.ticket, "Attachments not kept: " + ", ".join(left)[:1000], actor=actor, now=now)
    return message


def _answered(
    mail: Mail, row: RawMail, text: str, files: Sequence[SimpleUploadedFile], actor: Actor, now: datetime
) -> Message | None:
    """The message in the ticket that the mail answers: by what it refers to, or by the number in its subject if the sender is
    the ticket's customer; None when there is no such ticket that still takes messages."""
    known = by_channel_message(mail.references, row.shop_id)
    ticket = known.ticket if known else None
    if ticket is None and mail.ticket_number:
        numbered = Ticket.objects.filter(number=mail.ticket_number, shop=row.shop_id, contact__iexact=mail.sender)
        ticket = numbered.first()
    if ticket is None:
        return None
    try:
        with transaction.atomic():
            return receive(ticket.pk, text, "customer", mail.message_id[:250], now, files, actor=actor, now=now)
    except TicketClosed:
        return None


def _opened(mail: Mail, row: RawMail, text: str, files: Sequence[SimpleUploadedFile], actor: Actor, now: datetime) -> Message:
    customer = customer_by_mail(mail.sender, shop_id=row.shop_id)
    draft = TicketDraft(
        shop=row.shop.code,
        channel=Channel.EMAIL,
        subject=mail.subject or "–",
        body=text,
        customer=customer.public_id if customer else "",
        contact=mail.sender,
        contact_name=mail.sender_name,
        external_id=mail.message_id[:250],
    )
    return open_ticket(draft, files=files, actor=actor, now=now).messages.earliest("pk")


def _files(mail: Mail) -> tuple[list[SimpleUploadedFile], list[str]]:
    """The attachments that are kept, and the names of those that are not: too many, too large, or of a kind not taken."""
    kept: list[SimpleUploadedFile] = []
    left = []
    for one in mail.attachments:
        file = SimpleUploadedFile(one.name[-150:], one.content)
        kind = kind_of(file.file)  # type: ignore[arg-type]
        fits = kind in ATTACHMENT.allowed and one.name.lower().endswith(tuple(kind.endings)) if kind else False
        if fits and len(one.content) <= ATTACHMENT.limit and len(kept) < MOST_FILES:
            kept.append(file)
        else:
            left.append(one.name)
    return kept, left


def _note_return(mail: Mail, shop_id: int, now: datetime) -> None:
    """A reply of ours came back: it has failed, which its agent is told."""
    sent = by_channel_message(mail.references, shop_id) if mail.returned else None
    if sent and sent.direction == "out":
        ticket = lock_one(Ticket.objects.filter(pk=sent.ticket_id))
        Message.objects.filter(pk=sent.pk).update(delivery=Delivery.FAILED, failure=(mail.text or mail.subject)[:500])
        moving.raise_work(moving.UNDELIVERED, ticket, now + FIRST_RETRY * 60, now=now)


def _end(row: RawMail, state: str, reason: str) -> RawMail:
    row.state, row.reason = state, reason[:300]
    row.save(update_fields=["state", "reason", "taken_as"])
    return row


def _outgoing(row: Message) -> Outgoing:
    ticket = row.ticket
    said = Message.objects.filter(ticket=ticket, public=True, pk__lt=row.pk).exclude(external_id="").order_by("-pk")[:20]
    references = [one.external_id for one in reversed(said)]
    files = [(one.original_name, one.path, one.media_type) for one in row.files.all()]
    subject = f"Re: {ticket.subject} [{ticket.number}]"
    return Outgoing(row.pk, ticket.contact, subject, row.body, row.external_id, references, files)
