"""What tickets tell the clocks. Every function is called on the locked ticket, in the transaction of what happened."""

from datetime import datetime

from opsdesk.common.actors import Actor
from support.models import Ticket


def ticket_opened(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def customer_wrote(ticket: Ticket, said_at: datetime, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def person_answered(ticket: Ticket, said_at: datetime, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def bot_answered(ticket: Ticket, said_at: datetime, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def waiting(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def going_on(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def resolved(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def reopened(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def merged(ticket: Ticket, into: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""


def classified(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """No clock runs yet."""
