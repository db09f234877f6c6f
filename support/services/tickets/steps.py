"""The steps of a ticket: who has it, what it is about, whose turn it is, and how it ends."""

from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item
from opsdesk.parameters.queries import value
from support.enums.tickets import AuthorKind, Direction, SolutionType, TicketState
from support.errors import GroundsMissing, NoSolution
from support.models import Message, Team, Ticket
from support.parameters.tickets import ARCHIVE_AFTER, CONFIRM_TIME
from support.queries.tickets.tickets import to_archive
from support.queries.tickets.triage import agents
from support.rules.tickets.lifecycle import WAITING
from support.services.sla import clocks
from support.services.sla.promises import require_archive_grounds, require_promise
from support.services.tickets import moving
from support.services.tickets.moving import CONFIRM, KIND, enter, move

MOST = 10_000  # tickets that one night puts away


@transaction.atomic(savepoint=False)
def take(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """Take a ticket in hand. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S5"""
    ticket = enter(ticket_id, "take", actor)
    if actor.staff_id is None:
        raise Forbidden()
    move(ticket, "take", actor=actor, now=now, details={"agent": actor.label}, assignee_id=actor.staff_id)
    return ticket


@transaction.atomic(savepoint=False)
def assign(
    *, ticket_id: int, assignee_id: int | None = None, team_id: int | None = None, actor: Actor, now: datetime
) -> Ticket:
    """Give a ticket to an agent, to a team, or to both.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (nobody, or somebody who cannot have it).
    SOP: S5
    """
    ticket = enter(ticket_id, "assign", actor)
    agent = agents(ticket.shop_id).filter(pk=assignee_id).first() if assignee_id else None
    team = Team.objects.filter(pk=team_id, active=True).first() if team_id else None
    if (agent is None and team is None) or (assignee_id and agent is None):
        message = mark("Choose an agent of this shop, or a team.")
        raise Invalid(message, code="unknown_agent", issues=[Issue("/assignee_id", "unknown_agent", message)])
    if ticket.state in WAITING:
        clocks.going_on(ticket, actor, now)
    details = {"agent": agent.username if agent else "", "team": team.name if team else ""}
    columns: dict[str, Any] = {"assignee_id": agent.pk if agent else None} | ({"team_id": team.pk} if team else {})
    target = TicketState.ASSIGNED if agent else TicketState.NEW
    move(ticket, "assign", target=target, actor=actor, now=now, details=details, **columns)
    if agent is None:
        moving.ask_to_take(ticket, now)
    return ticket


@transaction.atomic(savepoint=False)
def classify(*, ticket_id: int, stage: str, type: str, priority: str, actor: Actor, now: datetime) -> Ticket:
    """Say what a ticket is about; the clocks count by what fits now.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition.
    SOP: S5
    """
    ticket = enter(ticket_id, "classify", actor)
    details = {"stage": stage, "type": type, "priority": priority}
    move(ticket, "classify", actor=actor, now=now, details=details, stage=stage, type=type, priority=priority)
    clocks.classified(ticket, actor, now)
    return ticket


@transaction.atomic(savepoint=False)
def wait_customer(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """The customer has the next step: the clocks of answers and of the solution stand still.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, PromiseMissing.
    SOP: S6, S9
    """
    ticket = enter(ticket_id, "wait_customer", actor)
    require_promise(ticket)
    move(ticket, "wait_customer", actor=actor, now=now)
    clocks.waiting(ticket, actor, now)
    return ticket


@transaction.atomic(savepoint=False)
def go_on(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """It is our turn again. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S6"""
    ticket = enter(ticket_id, "go_on", actor)
    move(ticket, "go_on", actor=actor, now=now)
    clocks.going_on(ticket, actor, now)
    return ticket


@transaction.atomic(savepoint=False)
def resolve_ticket(*, ticket_id: int, solution_type: str, solution: str, actor: Actor, now: datetime) -> Ticket:
    """Say how it was solved; the customer is to be asked whether it is.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, NoSolution, PromiseMissing.
    SOP: S8, S10
    """
    ticket = enter(ticket_id, "resolve", actor)
    if solution_type not in SolutionType.values or not solution.strip():
        raise NoSolution()
    require_promise(ticket)
    columns: dict[str, Any] = {
        "solution_type": solution_type,
        "solution": solution.strip(),
        "resolved_at": now,
        "confirmed_at": None,
    }
    count = ticket.resolutions + 1
    move(ticket, "resolve", actor=actor, now=now, details={"solution": solution_type}, resolutions=count, **columns)
    moving.finish(moving.BACK, ticket, "resolved", actor, now)
    clocks.resolved(ticket, actor, now)
    work = Work(
        CONFIRM,
        KIND,
        ticket.public_id,
        now + value(CONFIRM_TIME),
        ticket.shop_id,
        params={"number": ticket.number},
        owner_id=ticket.assignee_id,
    )
    raise_item(work, now=now)
    moving.tell("resolved", ticket, now, solution_type=solution_type, resolution=count)
    return ticket


@transaction.atomic(savepoint=False)
def reopen(*, ticket_id: int, reason: str, actor: Actor, now: datetime) -> Ticket:
    """The customer is not content: it goes on, as a new episode.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (no reason).
    SOP: S10
    """
    ticket = enter(ticket_id, "reopen", actor)
    moving.require(reason, "/reason", mark("Say what is not solved."))
    move(ticket, "reopen", actor=actor, now=now, reason=reason, confirmed_at=None)
    moving.finish(CONFIRM, ticket, "reopened", actor, now)
    clocks.reopened(ticket, actor, now)
    moving.tell("reopened", ticket, now)
    return ticket


@transaction.atomic(savepoint=False)
def confirm(*, ticket_id: int, said: str, actor: Actor, now: datetime) -> Ticket:
    """The customer was asked and says that it is solved; their words are kept with the ticket.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (nothing said).
    SOP: S10
    """
    ticket = enter(ticket_id, "confirm", actor)
    moving.require(said, "/said", mark("Write what the customer said."))
    if actor.staff_id is None:
        raise Forbidden()
    Message.objects.create(
        ticket=ticket,
        direction=Direction.OUTGOING,
        author_kind=AuthorKind.AGENT,
        author_id=actor.staff_id,
        author_label=actor.label,
        public=False,
        body=said.strip(),
        said_at=now,
    )
    move(ticket, "confirm", actor=actor, now=now, confirmed_at=now)
    moving.finish(CONFIRM, ticket, "confirmed", actor, now)
    return ticket


def archive_confirmed(*, now: datetime) -> int:
    """Put away what was confirmed long enough ago, a ticket a transaction; complaints only with their cause and prevention.

    Returns how many.
    SOP: S13
    """
    done = 0
    for ticket_id in to_archive(now - value(ARCHIVE_AFTER), MOST):
        try:
            with transaction.atomic():
                ticket = moving.locked(ticket_id, SYSTEM)
                if ticket.state != TicketState.CONFIRMED:
                    continue
                require_archive_grounds(ticket)
                move(ticket, "archive", actor=SYSTEM, now=now, archived_at=now)
                done += 1
        except GroundsMissing:  # it waits for them; customer service has that on its list
            continue
    return done
