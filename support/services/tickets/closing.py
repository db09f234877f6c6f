"""A solution is given: what that means for a ticket, whoever gave it."""

from datetime import datetime

from opsdesk.common.actors import Actor
from support.models import Ticket
from support.services.sla import clocks
from support.services.surveys.inviting import invite
from support.services.tickets import moving


def close(ticket: Ticket, solution_type: str, solution: str, *, actor: Actor, now: datetime) -> None:
    """Put a locked ticket to resolved, stop its clocks, tell of it and ask the customer. SOP: S8, S11"""
    moving.move(
        ticket,
        "resolve",
        actor=actor,
        now=now,
        details={"solution_type": solution_type},
        solution_type=solution_type,
        solution=solution.strip()[:2000],
        resolved_at=now,
        resolutions=ticket.resolutions + 1,
        assignee_id=ticket.assignee_id or actor.staff_id,
    )
    clocks.resolved(ticket, actor, now)
    moving.tell("resolved", ticket, now, solution_type=solution_type)
    invite(ticket, now)
