"""The tables of customer service, one module an aggregate."""

from support.models.bot import BotSetting, BotTalk
from support.models.desk import DepartmentTask, Macro, MailOut, RawMail, TicketLink, TriageRule, Viewing
from support.models.knowledge import AgentPresence, Article, ArticleVersion, Phrase, PresenceSpan, ToneScore
from support.models.message import Message
from support.models.promises import ComplaintReview, Promise
from support.models.reviews import ProductReview
from support.models.sla import SlaBasis, SlaPolicy, TicketClock
from support.models.solving import Confirmation
from support.models.staffing import StaffedHour
from support.models.surveys import Survey, SurveyPlan, SurveyWave
from support.models.ticket import Team, Ticket

__all__ = [
    "AgentPresence",
    "Article",
    "ArticleVersion",
    "BotSetting",
    "BotTalk",
    "ComplaintReview",
    "Confirmation",
    "DepartmentTask",
    "Macro",
    "MailOut",
    "Message",
    "Phrase",
    "PresenceSpan",
    "ProductReview",
    "Promise",
    "RawMail",
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
    "ToneScore",
    "TriageRule",
    "Viewing",
]
