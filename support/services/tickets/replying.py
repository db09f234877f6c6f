"""A person's answer to a customer."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Stale
from opsdesk.common.text import mark
from support.enums.tickets import Channel, TicketState
from support.models import Message
from support.queries.tickets.finding import since
from support.services.bot import talking
from support.services.knowledge import wording
from support.services.sla import clocks
from support.services.tickets import moving
from support.services.tickets.writing import write_reply

ANSWERED = (moving.TAKE, moving.ANSWER_BACK, moving.UNDELIVERED, moving.SOLUTION_NEWS)  # work that a reply ends


@transaction.atomic(savepoint=False)
def reply(
    ticket_id: int,
    body: str,
    files: "Sequence[UploadedFile[bytes]]",
    *,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Message:
    """Answer the customer through the ticket's channel. `seen` is the last message that the writer had read: when others
    have said something since, the answer is refused with what came in between.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Stale, Invalid (empty, forbidden words), as `keep_file`.
    SOP: S1, S2
    """
    ticket = moving.enter(ticket_id, "reply", actor)
    if seen is not None and (between := list(since(ticket, message_id=seen, besides=actor.staff_id)[:5])):
        said = " / ".join(f"{row.author_label or row.get_author_kind_display()}: {row.body[:200]}" for row in between)
        raise Stale(mark("Not sent. This came in between: %(said)s"), said=said)
    wording.check(body, actor=actor, now=now)
    talking.person_came(ticket, actor, now)
    external_id = make_msgid(domain="opsdesk.mail") if ticket.channel == Channel.EMAIL else ""
    message = write_reply(ticket, body, files, external_id=external_id, actor=actor, now=now)
    columns: dict[str, Any] = {"last_outgoing_at": now}
    if ticket.assignee_id is None and actor.staff_id:
        columns["assignee_id"] = actor.staff_id
    target = TicketState.IN_PROGRESS if ticket.state in (TicketState.NEW, TicketState.ASSIGNED) else ""
    moving.move(ticket, "reply", target=target, actor=actor, now=now, **columns)
    moving.finish_work(ticket, "answered", *ANSWERED, actor=actor, now=now)
    clocks.person_answered(ticket, now, actor, now)
    moving.tell("replied", ticket, now, message=moving.message_news(message))
    return message
