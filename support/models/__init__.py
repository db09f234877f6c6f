"""The tables of customer service, one module an aggregate."""

from support.models.message import Message
from support.models.ticket import Team, Ticket

__all__ = ["Message", "Team", "Ticket"]
