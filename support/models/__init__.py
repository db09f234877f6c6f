"""The tables of customer service, one module an aggregate."""

from support.models.desk import DepartmentTask, Macro, MailOut, RawMail, TicketLink, TriageRule, Viewing
from support.models.message import Message
from support.models.ticket import Team, Ticket

__all__ = ["DepartmentTask", "Macro", "MailOut", "Message", "RawMail", "Team", "Ticket", "TicketLink", "TriageRule", "Viewing"]
