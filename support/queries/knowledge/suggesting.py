"""What the knowledge base has for the conversation that an agent has open."""

from opsdesk.parameters.queries import value
from support.enums.tickets import AuthorKind, Direction
from support.models import Message, Ticket
from support.parameters.knowledge import SUGGEST_LIKENESS, SUGGESTIONS
from support.queries.knowledge.articles import Found, search

LONGEST = 500  # characters of a message by which answers are looked up


def suggested(ticket: Ticket) -> list[Found]:
    """The articles of the ticket's shop that fit what its customer said last; when none does, those that fit its subject.

    Seven statements at most. SOP: S7
    """
    return fitting(ticket, _said_last(ticket)) or fitting(ticket, ticket.subject)


def fitting(ticket: Ticket, question: str) -> list[Found]:
    """The articles of the ticket's shop that fit a question well enough, best first. Three statements. SOP: S7"""
    if not question.strip():
        return []
    least = value(SUGGEST_LIKENESS)
    hits = search(question[:LONGEST], shop_id=ticket.shop_id, most=value(SUGGESTIONS))
    return [hit for hit in hits if hit.percent >= least]


def _said_last(ticket: Ticket) -> str:
    said = Message.objects.filter(
        ticket=ticket, author_kind=AuthorKind.CUSTOMER, direction=Direction.INCOMING, public=True
    ).order_by("-pk")
    return said.values_list("body", flat=True).first() or ""
