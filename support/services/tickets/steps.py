"""The steps of a ticket, from the agent who takes it to the archive."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Invalid, Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.queries.returns.solutions import SETTLED_BY, stands_behind
from support.enums.tickets import SolutionType, TicketState
from support.errors import NoSolution, NotThisCustomers, SolutionNotStarted, TicketClosed
from support.models import DepartmentTask, Team, Ticket
from support.parameters.tickets import CONFIRM_TIME
from support.queries.tickets.finding import agents, to_archive, visible_to
from support.rules.tickets.lifecycle import OPEN, TICKET_LIFECYCLE
from support.services.bot import talking
from support.services.sla import clocks, promises
from support.services.tickets import moving
from support.services.tickets.closing import close

BATCH = 500


@transaction.atomic(savepoint=False)
def take(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """Make a ticket one's own and begin with it. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S5"""
    ticket = moving.enter(ticket_id, "take", actor)
    talking.person_came(ticket, actor, now)
    moving.move(ticket, "take", actor=actor, now=now, assignee_id=actor.staff_id or ticket.assignee_id)
    moving.finish_work(ticket, "taken", moving.TAKE, actor=actor, now=now)
    return ticket


@transaction.atomic(savepoint=False)
def assign(*, ticket_id: int, agent_id: int | None, team_id: int | None = None, actor: Actor, now: datetime) -> Ticket:
    """Give a ticket to an agent who sees its shop, and to a team.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (no such agent or team).
    SOP: S5
    """
    ticket = moving.enter(ticket_id, "assign", actor)
    agent = agents(ticket.shop_id).filter(pk=agent_id).first() if agent_id else None
    team = Team.objects.filter(pk=team_id, active=True).first() if team_id else ticket.team
    if agent is None or (team_id and team is None):
        raise Invalid(mark("Choose an agent who works here."), code="unknown_agent")
    talking.person_came(ticket, actor, now)
    details = {"agent": agent.username}
    if ticket.state == TicketState.WAITING_CUSTOMER:
        clocks.going_on(ticket, actor, now)
    moving.move(
        ticket, "assign", actor=actor, now=now, details=details, assignee_id=agent.pk, team_id=team.pk if team else None
    )
    moving.finish_work(ticket, "assigned", moving.TAKE, actor=actor, now=now)
    return ticket


@transaction.atomic(savepoint=False)
def classify(*, ticket_id: int, stage: str, type_: str, priority: str, actor: Actor, now: datetime) -> Ticket:
    """Put right what a ticket is about. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S5"""
    ticket = moving.enter(ticket_id, "classify", actor)
    details = {"stage": stage, "type": type_, "priority": priority}
    moving.move(ticket, "classify", actor=actor, now=now, details=details, **details)
    clocks.classified(ticket, actor, now)
    return ticket


@transaction.atomic(savepoint=False)
def wait_customer(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """The customer has the next step. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S6"""
    ticket = moving.enter(ticket_id, "wait_customer", actor)
    promises.require_promise(ticket)
    moving.move(ticket, "wait_customer", actor=actor, now=now)
    clocks.waiting(ticket, actor, now)
    return ticket


@transaction.atomic(savepoint=False)
def go_on(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """It is our turn again. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S6"""
    ticket = moving.enter(ticket_id, "go_on", actor)
    moving.move(ticket, "go_on", actor=actor, now=now)
    clocks.going_on(ticket, actor, now)
    return ticket


@transaction.atomic(savepoint=False)
def resolve(*, ticket_id: int, solution_type: str, solution: str, actor: Actor, now: datetime) -> Ticket:
    """Say how it was solved; the customer is asked whether it is.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, NoSolution, PromiseMissing (a complaint),
    SolutionNotStarted.
    SOP: S8, S10
    """
    ticket = moving.enter(ticket_id, "resolve", actor)
    if not solution.strip() or solution_type not in SolutionType.values:
        raise NoSolution(issues=[Issue("/solution", NoSolution.code, NoSolution.message)])
    promises.require_promise(ticket)
    if ticket.order_id and solution_type in SETTLED_BY and not stands_behind(ticket.order_id, solution_type):
        raise SolutionNotStarted()
    close(ticket, solution_type, solution, actor=actor, now=now)
    moving.finish_work(ticket, "resolved", moving.TAKE, moving.ANSWER_BACK, moving.SOLUTION_NEWS, actor=actor, now=now)
    moving.raise_work(moving.CONFIRM, ticket, now + value(CONFIRM_TIME), now=now)
    return ticket


@transaction.atomic(savepoint=False)
def reopen(*, ticket_id: int, reason: str, actor: Actor, now: datetime) -> Ticket:
    """It is not solved after all. Raises: NotFound, Forbidden, TicketClosed, IllegalTransition. SOP: S10"""
    ticket = moving.enter(ticket_id, "reopen", actor)
    moving.move(ticket, "reopen", actor=actor, now=now, reason=reason, confirmed_at=None)
    moving.finish_work(ticket, "reopened", moving.CONFIRM, actor=actor, now=now)
    clocks.reopened(ticket, actor, now)
    moving.tell("reopened", ticket, now)
    return ticket


@transaction.atomic(savepoint=False)
def merge(*, ticket_id: int, into: str, actor: Actor, now: datetime) -> Ticket:
    """Put a ticket into an open one of the same shop and customer, which goes on with the conversation and the questions
    to departments of both.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (no such ticket, itself, another shop's),
    NotThisCustomers.
    SOP: S2
    """
    target = visible_to(actor).filter(number=into.strip()).first()
    if target is None or target.pk == ticket_id:
        raise Invalid(mark("There is no such other ticket."), code="unknown_ticket")
    actor.require(TICKET_LIFECYCLE.transitions["merge"].permission)
    locked = {row.pk: row for row in lock_many(visible_to(actor).filter(pk__in=[ticket_id, target.pk]).select_related("shop"))}
    ticket = moving.enter(ticket_id, "merge", actor)
    target = locked[target.pk]
    if target.state not in OPEN:  # what the customer still waits for would be lost in it
        raise TicketClosed()
    if target.shop_id != ticket.shop_id:
        raise Invalid(mark("That ticket is another shop's."), code="other_shop")
    if None not in (ticket.customer_id, target.customer_id) and ticket.customer_id != target.customer_id:
        raise NotThisCustomers()
    for one in (ticket, target):
        talking.person_came(one, actor, now)
    Ticket.objects.filter(merged_into=ticket).update(merged_into=target)
    moving.move(ticket, "merge", actor=actor, now=now, details={"into": target.number}, merged_into_id=target.pk)
    last = max((at for at in (ticket.last_incoming_at, target.last_incoming_at) if at), default=None)
    moving.write(target, last_incoming_at=last)
    DepartmentTask.objects.filter(ticket=ticket).update(ticket=target)
    kinds = (moving.TAKE, moving.ANSWER_BACK, moving.CONFIRM, moving.UNDELIVERED)
    moving.finish_work(ticket, "merged", *kinds, actor=actor, now=now)
    clocks.merged(ticket, target, actor, now)
    return target


def archive_confirmed(*, actor: Actor, now: datetime) -> int:
    """Put away what customers have confirmed, and what the bot has answered and nobody came back to; a complaint waits for
    its grounds. Returns how many. SOP: S13, S18"""
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = lock_many(to_archive(now).filter(pk__gt=last).select_related("shop"), limit=BATCH)
            for ticket in rows:
                count += _archived(ticket, actor, now)
        if not rows:
            return count
        last = rows[-1].pk


def _archived(ticket: Ticket, actor: Actor, now: datetime) -> bool:
    try:
        promises.require_archive_grounds(ticket)
    except DomainError:
        return False
    moving.move(ticket, "archive", target=TicketState.ARCHIVED, actor=actor, now=now, archived_at=now)
    return True
