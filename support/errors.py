"""What customer service refuses."""

from opsdesk.common.errors import Conflict, Invalid
from opsdesk.common.text import mark


class TicketClosed(Conflict):
    """The ticket was archived or merged; a new one takes what comes."""

    code = "ticket_closed"
    message = mark("This ticket is closed.")


class NoSolution(Invalid):
    """A ticket is resolved with a solution, or not at all."""

    code = "solution_required"
    message = mark("Say how it was solved, and choose the kind of solution.")
