"""The tables of customer service, one module an aggregate."""

from support.models.archive import ArchiveEntry, ReportTask, VoiceReport
from support.models.bot import BotSetting, BotTalk
from support.models.desk import DepartmentTask, Macro, MailOut, RawMail, TicketLink, TriageRule, Viewing
from support.models.knowledge import AgentPresence, Article, ArticleVersion, Phrase, PresenceSpan, ToneScore
from support.models.message import Message
from support.models.problems import DailyDigest, Problem, ProblemAction, TicketProblem
from support.models.promises import ComplaintReview, Promise
from support.models.reviews import ProductReview
from support.models.sla import SlaBasis, SlaPolicy, TicketClock
from support.models.solving import Confirmation
from support.models.staffing import StaffedHour
from support.models.surveys import Survey, SurveyPlan, SurveyWave
from support.models.ticket import Team, Ticket

__all__ = [
    "AgentPresence",
    "ArchiveEntry",
    "Article",
    "ArticleVersion",
    "BotSetting",
    "BotTalk",
    "ComplaintReview",
    "Confirmation",
    "DailyDigest",
    "DepartmentTask",
    "Macro",
    "MailOut",
    "Message",
    "Phrase",
    "PresenceSpan",
    "Problem",
    "ProblemAction",
    "ProductReview",
    "Promise",
    "RawMail",
    "ReportTask",
    "SlaBasis",
    "SlaPolicy",
    "StaffedHour",
    "Survey",
    "SurveyPlan",
    "SurveyWave",
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
