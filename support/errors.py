"""What customer service refuses."""

from opsdesk.common.errors import Conflict, Invalid
from opsdesk.common.text import mark


class TicketClosed(Conflict):
    """The ticket was archived or merged; a new one takes what comes."""

    code = "ticket_closed"
    message = mark("This ticket is closed.")


class NotThisCustomers(Conflict):
    """Two tickets of different customers are two matters."""

    code = "other_customer"
    message = mark("The other ticket is another customer's.")


class NoSolution(Invalid):
    """A ticket is resolved with a solution, or not at all."""

    code = "solution_required"
    message = mark("Say how it was solved, and choose the kind of solution.")


class PromiseMissing(Invalid):
    """A complaint is handled with a promise to the customer."""

    code = "promise_required"
    message = mark("Promise the customer a time and a result first.")


class GroundsMissing(Invalid):
    """A complaint teaches something before it is put away."""

    code = "grounds_required"
    message = mark("Write the root cause and the prevention first.")


class SurveyAnswered(Conflict):
    """A survey is answered once."""

    code = "survey_answered"
    message = mark("This survey has been answered already. Thank you.")


class SurveyExpired(Conflict):
    """A survey can be answered for some days."""

    code = "survey_expired"
    message = mark("The time to answer this survey is over.")


class AlreadyReviewed(Conflict):
    """What was bought is reviewed once."""

    code = "already_reviewed"
    message = mark("This SKU of this order has been reviewed already.")


class NotReceived(Conflict):
    """Only who has something can say how it is."""

    code = "not_shipped"
    message = mark("This order has not been shipped yet.")


class SolutionNotStarted(Conflict):
    """A refund, an exchange or a compensation is given through the order's returns, or not at all."""

    code = "solution_not_started"
    message = mark("Start the refund, exchange or compensation first: “Give a solution”.")
