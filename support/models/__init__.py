"""The tables of customer service, one module an aggregate."""

from support.models.desk import DepartmentTask, Macro, RawMail, TicketLink, TriageRule, Viewing
from support.models.message import Message
from support.models.promises import ComplaintReview, Promise
from support.models.sla import SlaBasis, SlaPolicy, TicketClock
from support.models.staffing import StaffedHour
from support.models.ticket import Team, Ticket

__all__ = [
    "ComplaintReview",
    "DepartmentTask",
    "Macro",
    "Message",
    "Promise",
    "RawMail",
    "SlaBasis",
    "SlaPolicy",
    "StaffedHour",
    "Team",
    "Ticket",
    "TicketClock",
    "TicketLink",
    "TriageRule",
    "Viewing",
]
