"""Beside a ticket: which problem it counts for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from opsdesk.common.actors import Actor
from support.models import Ticket
from support.queries.voice.problems import problem_of_ticket


def ticket_panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """The problem of the ticket, once the digest of its day has found it. SOP: S12"""
    problem = problem_of_ticket(ticket.pk)
    return {"problem": problem} if problem else None
