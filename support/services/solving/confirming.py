"""Hearing from the customer whether it is solved."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from opsdesk.common.actors import ANYBODY, Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from support.enums.solving import AskedBy, Said
from support.enums.tickets import TicketState, TicketType
from support.models import Confirmation, Ticket
from support.parameters.solving import ASK_AGAIN, SILENCE
from support.services.sla import clocks
from support.services.tickets import moving

BATCH = 500


@transaction.atomic(savepoint=False)
def confirm(*, ticket_id: int, channel: str, said: str, words: str, actor: Actor, now: datetime) -> Ticket:
    """Write down that the customer was asked, how, and what they said: it is solved, it is not (the ticket goes on), or
    nobody was reached (they are asked again).

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (nothing written).
    SOP: S10
    """
    ticket = moving.enter(ticket_id, "confirm", actor)
    if not words.strip() or said not in Said.values:
        issue = Issue("/words", "required", mark("Write down what was said."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    _keep(ticket, channel, said, words, actor, now)
    if said == Said.SOLVED:
        _confirmed(ticket, actor, now, {"channel": channel})
    elif said == Said.UNSOLVED:
        _reopen(ticket, words.strip(), actor, now)
    else:
        moving.finish_work(ticket, "unreached", moving.CONFIRM, actor=actor, now=now)
        moving.raise_work(moving.CONFIRM, ticket, now + value(ASK_AGAIN), now=now)
    return ticket


def confirmed_by_survey(ticket: Ticket, stars: int, *, now: datetime) -> None:
    """A content answer to the survey of a locked ticket's solution confirms it: nobody has to ask. SOP: S10, S11"""
    if ticket.state == TicketState.RESOLVED:
        _keep(ticket, AskedBy.SURVEY, Said.SOLVED, "★" * stars, ANYBODY, now)
        _confirmed(ticket, ANYBODY, now, {"channel": AskedBy.SURVEY})


def confirm_silent(*, actor: Actor, now: datetime) -> int:
    """Take a solution as confirmed after whose customer we have asked in vain for so long; a complaint never is. Returns how
    many.

    SOP: S10
    """
    asked = Confirmation.objects.filter(ticket=OuterRef("pk"), resolution=OuterRef("resolutions"), said=Said.UNREACHED)
    rows = Ticket.objects.filter(Exists(asked), state=TicketState.RESOLVED, resolved_at__lt=now - value(SILENCE))
    count, last = 0, 0
    while True:
        with transaction.atomic():
            due = rows.exclude(type=TicketType.COMPLAINT).filter(pk__gt=last).select_related("shop")
            locked = lock_many(due, limit=BATCH)
            for ticket in locked:
                _confirmed(ticket, actor, now, {"channel": "silence"})
        if not locked:
            return count
        count, last = count + len(locked), locked[-1].pk


def _keep(ticket: Ticket, channel: str, said: str, words: str, actor: Actor, now: datetime) -> None:
    Confirmation.objects.create(
        ticket=ticket,
        resolution=ticket.resolutions,
        channel=channel,
        said=said,
        words=words.strip(),
        asked_at=now,
        asked_by=actor.label,
    )


def _confirmed(ticket: Ticket, actor: Actor, now: datetime, details: dict[str, str]) -> None:
    moving.move(ticket, "confirm", target=TicketState.CONFIRMED, actor=actor, now=now, details=details, confirmed_at=now)
    moving.finish_work(ticket, "confirmed", moving.CONFIRM, actor=actor, now=now)


def _reopen(ticket: Ticket, reason: str, actor: Actor, now: datetime) -> None:
    moving.move(ticket, "reopen", actor=actor, now=now, reason=reason, confirmed_at=None)
    moving.finish_work(ticket, "reopened", moving.CONFIRM, actor=actor, now=now)
    clocks.reopened(ticket, actor, now)
    moving.tell("reopened", ticket, now)
