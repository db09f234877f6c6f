"""The tables of customer service, one module an aggregate."""

from support.models.knowledge import AgentPresence, Article, ArticleVersion, Phrase, PresenceSpan, ToneScore
from support.models.message import Message
from support.models.ticket import Team, Ticket

__all__ = [
    "AgentPresence",
    "Article",
    "ArticleVersion",
    "Message",
    "Phrase",
    "PresenceSpan",
    "Team",
    "Ticket",
    "ToneScore",
]
