"""The tables of customer service, one module an aggregate."""

from support.models.archive import ArchiveEntry, ReportTask, VoiceReport
from support.models.desk import DepartmentTask, Macro, MailOut, RawMail, TicketLink, TriageRule, Viewing
from support.models.knowledge import AgentPresence, Article, ArticleVersion, Phrase, PresenceSpan, ToneScore
from support.models.message import Message
from support.models.problems import DailyDigest, Problem, ProblemAction, TicketProblem
from support.models.promises import ComplaintReview, Promise
from support.models.sla import SlaBasis, SlaPolicy, TicketClock
from support.models.staffing import StaffedHour
from support.models.surveys import Survey, SurveyRound
from support.models.ticket import Team, Ticket

__all__ = [
    "AgentPresence",
    "ArchiveEntry",
    "Article",
    "ArticleVersion",
    "ComplaintReview",
    "DailyDigest",
    "DepartmentTask",
    "Macro",
    "MailOut",
    "Message",
    "Phrase",
    "PresenceSpan",
    "Problem",
    "ProblemAction",
    "Promise",
    "RawMail",
    "ReportTask",
    "SlaBasis",
    "SlaPolicy",
    "StaffedHour",
    "Survey",
    "SurveyRound",
    "Team",
    "Ticket",
    "TicketClock",
    "TicketLink",
    "TicketProblem",
    "ToneScore",
    "TriageRule",
    "Viewing",
    "VoiceReport",
]
