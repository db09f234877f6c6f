"""Who gets a ticket that nobody has taken."""

from datetime import datetime

from opsdesk.parameters.queries import value
from support.enums.tickets import TicketState
from support.models import Ticket
from support.parameters.tickets import TAKE_TIME
from support.queries.knowledge.presence import present
from support.queries.tickets.finding import agents_of
from support.rules.tickets.triage import choose
from support.services.tickets import moving


def choose_agent(ticket: Ticket, now: datetime) -> None:
    """Set the member of the ticket's team who is there and has the least to do, if there is one; nothing is written.

    SOP: S5
    """
    if ticket.team and (chosen := choose(agents_of(ticket.team, present(now)))):
        ticket.assignee_id, ticket.state = chosen, TicketState.ASSIGNED


def give(ticket: Ticket, now: datetime) -> None:
    """Give a locked ticket that nobody has to an agent, or have it taken by one. SOP: S5"""
    ticket.state = TicketState.NEW
    choose_agent(ticket, now)
    moving.write(ticket, state=ticket.state, assignee_id=ticket.assignee_id)
    ask_to_take(ticket, now)


def ask_to_take(ticket: Ticket, now: datetime) -> None:
    """Have a ticket taken that is still nobody's."""
    if ticket.state == TicketState.NEW:
        moving.raise_work(moving.TAKE, ticket, now + value(TAKE_TIME), now=now)
