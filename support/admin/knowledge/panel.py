"""The knowledge base beside a ticket: answers that fit, to be inserted into the reply. SOP: S7"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from support.admin.sla.pages import allow
from support.models import Ticket
from support.queries.knowledge import suggesting
from support.queries.knowledge.articles import Found
from support.queries.tickets.finding import visible_to
from support.rules.knowledge.lifecycle import ARTICLE_LIFECYCLE
from support.rules.tickets.lifecycle import CLOSED

VIEW = "support.view_article"
LONGEST = 200


def ticket_panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The articles that fit what the customer said last. SOP: S7"""
    return {"ticket": ticket} | _answers(ticket, suggesting.suggested(ticket), actor)


def answers_view(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """A part of the workbench: the answers to what the agent looks up, or, without a question, those that are suggested."""
    for permission in (VIEW, "support.view_ticket"):
        allow(request, permission)
    actor = actor_of(request)
    ticket = get_object_or_404(visible_to(actor), pk=ticket_id)
    question = request.GET.get("q", "").strip()[:LONGEST]
    found = suggesting.fitting(ticket, question) if question else suggesting.suggested(ticket)
    return TemplateResponse(request, "support/knowledge/answers.html", _answers(ticket, found, actor))


def _answers(ticket: Ticket, found: list[Found], actor: Actor) -> dict[str, Any]:
    return {
        "found": found,
        "may_insert": actor.can("support.work_ticket") and ticket.state not in CLOSED,
        "may_write": actor.can(ARTICLE_LIFECYCLE.transitions["rewrite"].permission),
    }
