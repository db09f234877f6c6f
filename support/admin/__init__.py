"""The screens of customer service."""

from support.admin.bot import pages as bot
from support.admin.knowledge import articles, phrases, presence, tone
from support.admin.reviews import pages as reviews
from support.admin.sla import clocks, policies, promises, staffing
from support.admin.surveys import pages as surveys
from support.admin.tickets import desk, tasks, tickets
from support.admin.voice import archive, problems, reports

__all__ = [
    "archive",
    "articles",
    "bot",
    "clocks",
    "desk",
    "phrases",
    "policies",
    "presence",
    "problems",
    "promises",
    "reports",
    "reviews",
    "staffing",
    "surveys",
    "tasks",
    "tickets",
    "tone",
]
