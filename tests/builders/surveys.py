"""Surveys."""

from typing import Any

from django.conf import settings

from opsdesk.common.actors import SYSTEM
from support.models import Survey
from support.rules.voice.token import token_of
from support.services.tickets import steps
from tests.builders.tickets import a_ticket
from tests.builders.times import NOW


def a_survey(agent: Any = None, **columns: Any) -> Survey:
    """The invitation to rate a chat that was just resolved."""
    ticket = a_ticket(
        **({"channel": "chat", "contact": "chat-1", "state": "in_progress", "assignee": agent and agent.user} | columns)
    )
    steps.resolve(ticket_id=ticket.pk, solution_type="answered", solution="Told them", actor=SYSTEM, now=NOW)
    return Survey.objects.get(ticket=ticket)


def token(survey: Survey) -> str:
    """The last part of its address."""
    return token_of(survey.public_id, settings.SECRET_KEY)
