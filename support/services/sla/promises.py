"""What a complaint needs before it goes on. Called on the locked ticket."""

from support.models import Ticket


def require_promise(ticket: Ticket) -> None:
    """No promise is asked for yet."""


def require_archive_grounds(ticket: Ticket) -> None:
    """No grounds are asked for yet."""
